using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>How a provider's catalogue is compared with ours.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>A change of cost above which it is a jump, when nothing else is said: 50 %, in basis points.</summary>
    public const int DefaultJump = 5_000;

    public required ExchangeRate Exchange { get; init; }
    public required MarkupRules Markups { get; init; }

    /// <summary>Whether ours takes over what theirs says; else only what must be locked and told is found.</summary>
    public required bool TakesOver { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; init; }

    /// <summary>A change of cost by more than this, up or down, is a jump; in basis points of the old cost.</summary>
    public int Jump { get; init; } = DefaultJump;

    /// <summary>Whether jumps are taken over like any change.</summary>
    public bool AcceptsJumps { get; init; }

    /// <summary>What 1000 ordered (of a package: one order) would be sold for.</summary>
    /// <returns>Refused by name when that, or the cost, is more than any rate can be.</returns>
    public Result<Rate> PriceOf(UpstreamService theirs, Multiplier multiplier) =>
        new RouteCost(theirs.Rate, null, Exchange, multiplier).Here is not { } cost ? new Refusal("out_of_range.cost", theirs.Rate, Rate.Max)
        : Markups.For(theirs.Category, theirs.Id).PriceOf(cost) is not { } price ? new Refusal("out_of_range.price", cost, Rate.Max)
        : price;

    /// <summary>Whether a cost has changed by more than is accepted without confirmation.</summary>
    public bool IsJump(Rate was, Rate now) =>
        Int128.Abs((Int128)now.Units - was.Units) * Rate.BasisPoints > (Int128)was.Units * Jump;
}
