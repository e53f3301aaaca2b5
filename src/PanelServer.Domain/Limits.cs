namespace PanelServer.Domain;

/// <summary>Every bound of the domain, by name. Bounds that an operator may set are settings of the host.</summary>
public static class Limits
{
    /// <summary>Distinct ids of a batch that are processed; later ones get an item error (contract, section 4).</summary>
    public const int BatchIds = 100;

    /// <summary>Distinct ids of a batch above which the whole call is refused (contract, section 4).</summary>
    public const int BatchIdsRefused = 1000;

    /// <summary>The largest id of an order, a refill or a service: clients keep them in 32 bits (contract, section 2).</summary>
    public const int MaxId = int.MaxValue;

    /// <summary>The largest quantity a service may allow.</summary>
    public const int MaxQuantity = int.MaxValue;

    /// <summary>Digits of an integer on the wire (contract, section 2).</summary>
    public const int IntegerDigits = 18;

    /// <summary>Lines of a list such as comments (contract, section 5).</summary>
    public const int ListLines = 10_000;

    /// <summary>Unicode scalar values of one line of a list, or of a one-line field (contract, section 5).</summary>
    public const int LineLength = 2_000;

    /// <summary>Unicode scalar values of a link (contract, section 5).</summary>
    public const int LinkLength = 2_048;

    /// <summary>Minutes between two runs of a drip-feed: a year.</summary>
    public const int IntervalMinutes = 525_600;

    /// <summary>Characters of a idempotency key (contract, section 4).</summary>
    public const int RetryKeyLength = 255;

    /// <summary>Characters of a reseller's name.</summary>
    public const int NameLength = 64;

    /// <summary>Characters of a service's name, category or description, of a note or a reference.</summary>
    public const int TextLength = 1_000;

    /// <summary>Days a refill window may have, and hours it may ask between two refills.</summary>
    public const int RefillDays = 3_650;

    /// <summary>Bans and holds of links.</summary>
    public const int LinkBlocks = 1_000;

    /// <summary>Characters of a link to ban or to hold, and how often it may have a * in it.</summary>
    public const int LinkPatternLength = 500;

    /// <inheritdoc cref="LinkPatternLength"/>
    public const int LinkPatternStars = 8;
}
