namespace PanelServer.Domain.Orders;

/// <summary>
/// The states of an order, a drip-feed parent or a subscription parent. The numbers are stored.
/// Their wording on the wire belongs to the dialects.
/// </summary>
public enum OrderStatus
{
    Pending = 0,
    Processing = 1,
    InProgress = 2,
    Completed = 3,
    Partial = 4,
    Canceled = 5,

    /// <summary>A subscription that waits for posts.</summary>
    Active = 6,

    /// <summary>A subscription that waits for funds.</summary>
    Paused = 7,

    /// <summary>A subscription whose last day has passed.</summary>
    Expired = 8,
}

/// <summary>What is known about the delivery of a Pending order; not visible to resellers. The numbers are stored.</summary>
public enum OrderStage
{
    /// <summary>Not yet submitted to a provider or taken by a person: it can be canceled immediately.</summary>
    Queued = 0,

    /// <summary>It has been submitted to the provider, or a person has taken it.</summary>
    Submitted = 1,
}
