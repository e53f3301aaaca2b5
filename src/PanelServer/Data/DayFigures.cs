namespace PanelServer.Data;

/// <summary>What a row of the table of days is about.</summary>
/// <param name="Day">Days since 1970-01-01 in the panel's time zone.</param>
/// <param name="Service">The service.</param>
/// <param name="Reseller">The reseller.</param>
/// <param name="Provider">Who delivers; 0 = nobody has taken the orders yet.</param>
internal readonly record struct DayKey(int Day, int Service, int Reseller, int Provider);

/// <summary>What it says: orders, and money in ledger units.</summary>
/// <param name="Orders">Orders sold.</param>
/// <param name="Sales">Charged for them.</param>
/// <param name="Cost">What providers charge.</param>
/// <param name="Refunds">Paid back, less what was taken again.</param>
internal readonly record struct DayFigures(long Orders, long Sales, long Cost, long Refunds)
{
    /// <summary>What is left of the sales.</summary>
    public long Margin => checked(Sales - Refunds - Cost);

    public static DayFigures operator +(DayFigures left, DayFigures right) => checked(new(
        left.Orders + right.Orders, left.Sales + right.Sales, left.Cost + right.Cost, left.Refunds + right.Refunds));

    public static DayFigures operator -(DayFigures figures) => checked(new(
        -figures.Orders, -figures.Sales, -figures.Cost, -figures.Refunds));
}
