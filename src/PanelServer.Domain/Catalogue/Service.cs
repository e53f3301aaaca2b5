namespace PanelServer.Domain.Catalogue;

/// <summary>One thing a panel sells. Immutable: an edit makes a new one.</summary>
public sealed record Service
{
    /// <summary>The id resellers order by.</summary>
    public required int Id { get; init; }

    /// <summary>The place in the catalogue; ties go by id.</summary>
    public required int Position { get; init; }

    /// <summary>Whether it is listed and sold.</summary>
    public required bool Enabled { get; init; }

    public required ServiceType Type { get; init; }
    public required string Category { get; init; }
    public required string Name { get; init; }

    /// <summary>What v1 shows as <c>desc</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>The list price per 1000, or per order for the package types.</summary>
    public required Rate Rate { get; init; }

    public required int Min { get; init; }
    public required int Max { get; init; }

    /// <summary>Orders may be split into runs.</summary>
    public bool Dripfeed { get; init; }

    /// <summary>Null when no refill is offered.</summary>
    public Refills.RefillWindow? Refill { get; init; }

    /// <summary>Resellers may ask for a cancellation.</summary>
    public bool Cancel { get; init; }

    public LinkRule LinkRule { get; init; } = LinkRule.Any;

    /// <summary>A reseller may have only one running order of this service with the same link.</summary>
    public bool DenyDuplicates { get; init; }

    /// <summary>The provider that its orders are sent to first; null where operators deliver them.</summary>
    public int? Provider { get; init; }

    /// <summary>The charge of an order at a reseller's rate.</summary>
    /// <param name="rate">What this reseller pays, see <see cref="Resellers.PriceList"/>.</param>
    /// <param name="quantity">All of it: for a drip-feed quantity × runs.</param>
    public Result<Money> ChargeFor(Rate rate, long quantity) =>
        Type.QuantityFrom == QuantitySource.Posts ? Money.Zero
        : Type.Flat ? rate.Flat()
        : rate.For(quantity);
}
