namespace PanelServer.Domain.Orders;

/// <summary>How an order is worked off; it decides which lifecycle it has.</summary>
public enum OrderKind
{
    /// <summary>Delivered as one piece. The children of the other kinds are of this kind.</summary>
    Plain,

    /// <summary>A drip-feed parent: its runs are delivered as children.</summary>
    DripFeed,

    /// <summary>A subscription parent: each post becomes a child.</summary>
    Subscription,
}
