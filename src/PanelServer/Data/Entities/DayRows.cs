using PanelServer.Domain;

namespace PanelServer.Data.Entities;

// The rows of what is earned on each day; see Rows.cs for the others.

/// <summary>What a row of the sales journal says. The numbers are stored.</summary>
internal enum SalesEntryKind
{
    /// <summary>Money went back to the reseller; below zero when it was taken again.</summary>
    Refund = 1,

    /// <summary>A provider has taken the order, at this cost.</summary>
    Taken = 2,

    /// <summary>What the order costs changes by this.</summary>
    Cost = 3,
}

/// <summary>What happened to a sale after its charge.</summary>
internal sealed class SalesJournalRow
{
    public int Id { get; set; }
    public required SalesEntryKind Kind { get; set; }
    public required int OrderId { get; set; }

    /// <summary>The order's move that paid back.</summary>
    public int? Version { get; set; }

    /// <summary>Who had taken the order by then.</summary>
    public int? ProviderId { get; set; }

    public required Money Amount { get; set; }
    public required long At { get; set; }
}

/// <summary>What was sold, paid back and spent on a day, for each service, reseller and provider.</summary>
internal sealed class DailyTotalRow
{
    /// <summary>Days since 1970-01-01 in the panel's time zone.</summary>
    public required int Day { get; set; }

    public required int ServiceId { get; set; }
    public required int ResellerId { get; set; }

    /// <summary>Who delivers; 0 = nobody has taken the orders yet.</summary>
    public required int ProviderId { get; set; }

    public required long Orders { get; set; }
    public required Money Sales { get; set; }
    public required Money Cost { get; set; }
    public required Money Refunds { get; set; }
}
