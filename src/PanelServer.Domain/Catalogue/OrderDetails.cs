using PanelServer.Domain.Orders;
using PanelServer.Domain.Subscriptions;

namespace PanelServer.Domain.Catalogue;

/// <summary>What is ordered, read and checked: the fields of <c>add</c> as meaning. Made by <see cref="OrderReader"/>.</summary>
public sealed record OrderDetails
{
    /// <summary>What is to be served; null for a subscription.</summary>
    public string? Link { get; init; }

    /// <summary>All of it: quantity × runs for a drip-feed, one for a package, zero for a subscription.</summary>
    public required long Quantity { get; init; }

    public DripFeed? Drip { get; init; }

    public SubscriptionPlan? Subscription { get; init; }

    /// <summary>The type's further fields as text, in the type's order; a list is joined by newlines.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extras { get; init; } = [];
}
