using PanelServer.Data;

namespace PanelServer.Reports;

/// <summary>What the rows of a report are told apart by.</summary>
internal enum ReportDimension
{
    Day,
    Service,
    Reseller,
    Provider,
}

/// <summary>A row of a report.</summary>
/// <param name="Key">The day, or the id of the service, the reseller or the provider; 0 = no provider.</param>
/// <param name="Name">The date, or what the id is called; "-" = nobody has taken the orders yet.</param>
/// <param name="Figures">What was earned.</param>
internal sealed record ReportRow(int Key, string Name, DayFigures Figures);

/// <summary>
/// What was earned in a range of days, to the last ledger unit. A sale counts on the day of its charge, a refund on the day
/// it is booked, a cost on the day it is learned, all under the provider that has taken the order.
/// </summary>
internal sealed record SalesReport
{
    /// <summary>Days of a range that nobody has named: a month up to today.</summary>
    public const int DefaultDays = 30;

    private const string Nobody = "-";

    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required string Zone { get; init; }
    public required string Currency { get; init; }
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>The sum of all rows.</summary>
    public DayFigures Total => Rows.Aggregate(default(DayFigures), (sum, row) => sum + row.Figures);

    /// <summary>Adds one up.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="zone">The panel's time zone.</param>
    /// <param name="by">What its rows are told apart by.</param>
    /// <param name="from">The first day; null = <see cref="DefaultDays"/> up to the last.</param>
    /// <param name="to">The last day, included; null = today.</param>
    public static SalesReport Read(PanelDb db, TimeZoneInfo zone, ReportDimension by, DateOnly? from, DateOnly? to)
    {
        var days = new DayCalendar(zone);
        var panel = db.Panel.Single();
        var last = to is { } end ? DayCalendar.DayOf(end)
            : days.DayOf(panel.Clock ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var first = from is { } start ? DayCalendar.DayOf(start) : last - DefaultDays + 1;
        var sums = DailyTotals.Read(db, days, (first, last), key => Only(key, by));
        var names = NamesOf(db, by);
        return new SalesReport
        {
            From = DayCalendar.DateOf(first),
            To = DayCalendar.DateOf(last),
            Zone = days.Zone,
            Currency = panel.Currency,
            Rows =
            [
                .. sums.Where(sum => sum.Value != default)
                    .Select(sum => (Key: IdOf(sum.Key, by), Figures: sum.Value))
                    .OrderBy(row => row.Key)
                    .Select(row => new ReportRow(row.Key, names(row.Key), row.Figures)),
            ],
        };
    }

    private static DayKey Only(DayKey key, ReportDimension by) => by switch
    {
        ReportDimension.Day => new(key.Day, 0, 0, 0),
        ReportDimension.Service => new(0, key.Service, 0, 0),
        ReportDimension.Reseller => new(0, 0, key.Reseller, 0),
        ReportDimension.Provider => new(0, 0, 0, key.Provider),
    };

    private static int IdOf(DayKey key, ReportDimension by) => by switch
    {
        ReportDimension.Day => key.Day,
        ReportDimension.Service => key.Service,
        ReportDimension.Reseller => key.Reseller,
        ReportDimension.Provider => key.Provider,
    };

    private static Func<int, string> NamesOf(PanelDb db, ReportDimension by)
    {
        if (by == ReportDimension.Day)
        {
            return DayCalendar.TextOf;
        }

        var names = by switch
        {
            ReportDimension.Service => db.Services.Select(row => new { row.Id, row.Name }).ToDictionary(row => row.Id, row => row.Name),
            ReportDimension.Reseller => db.Resellers.Select(row => new { row.Id, row.Name }).ToDictionary(row => row.Id, row => row.Name),
            ReportDimension.Provider or ReportDimension.Day =>
                db.Providers.Select(row => new { row.Id, row.Name }).ToDictionary(row => row.Id, row => row.Name),
        };
        return id => names.GetValueOrDefault(id, Nobody);
    }
}
