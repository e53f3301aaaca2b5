using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;

namespace PanelServer.Data.Entities;

// The rows of the tables as Data/Schema creates them, for EF Core. A row carries no rule: rules live in the domain and
// in the schema's CHECKs, and a row changes only inside a unit of the WriteQueue.

/// <summary>The panel itself: one row.</summary>
internal sealed class PanelRow
{
    public int Id { get; set; } = 1;
    public required string Kind { get; set; }
    public required string Currency { get; set; }
    public required int NextOrderId { get; set; }
    public required int NextRefillId { get; set; }
    public long? Clock { get; set; }
    public long? Seed { get; set; }
    public int OrdersIndexed { get; set; }

    /// <summary>The time zone of the table of days.</summary>
    public string DaysZone { get; set; } = "";

    /// <summary>The last order that the table of days counts.</summary>
    public int DaysOrders { get; set; }

    /// <summary>The last row of the sales journal that it counts.</summary>
    public int DaysJournal { get; set; }

    public required long CreatedAt { get; set; }
}

internal sealed class ResellerRow
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public bool Suspended { get; set; }
    public int Discount { get; set; }
    public required long CreatedAt { get; set; }
}

internal sealed class AccountRow
{
    public int Id { get; set; }
    public Money? Balance { get; set; }
    public Money Floor { get; set; }
}

internal sealed class ApiKeyRow
{
    public int Id { get; set; }
    public required int ResellerId { get; set; }
    public required string Prefix { get; set; }
    public required byte[] Hash { get; set; }
    public required long CreatedAt { get; set; }
    public long? RevokedAt { get; set; }
}

internal sealed class ServiceRow
{
    public required int Id { get; set; }
    public required int Position { get; set; }
    public required bool Enabled { get; set; }
    public required int Type { get; set; }
    public required string Category { get; set; }
    public required string Name { get; set; }
    public required string Description { get; set; }
    public required Rate Rate { get; set; }
    public required int Min { get; set; }
    public required int Max { get; set; }
    public required bool Dripfeed { get; set; }
    public int? RefillDays { get; set; }
    public int RefillHours { get; set; } = RefillWindow.DefaultHoursBetween;
    public int? RefillTimes { get; set; }
    public required bool Cancel { get; set; }
    public required string LinkRule { get; set; }
    public required bool DenyDuplicates { get; set; }
}

internal sealed class ResellerRateRow
{
    public required int ResellerId { get; set; }
    public required int ServiceId { get; set; }
    public required Rate Rate { get; set; }
}

/// <summary>An order; a record, so that what it becomes can be said by what changes.</summary>
internal sealed record OrderRow
{
    public int Id { get; set; }
    public required int ResellerId { get; set; }
    public required int ServiceId { get; set; }
    public required int Type { get; set; }
    public required OrderStatus Status { get; set; }
    public required OrderStage Stage { get; set; }
    public required int Version { get; set; }
    public required long Quantity { get; set; }
    public required long Remains { get; set; }
    public required long StartCount { get; set; }
    public required Rate Rate { get; set; }
    public required Money Charge { get; set; }
    public required Money Refunded { get; set; }
    public string? Link { get; set; }
    public string? Details { get; set; }
    public int? Runs { get; set; }
    public int? IntervalMinutes { get; set; }
    public int? ParentId { get; set; }
    public required long CreatedAt { get; set; }
    public required long UpdatedAt { get; set; }
    public long? CompletedAt { get; set; }

    /// <summary>How it is worked off.</summary>
    public OrderKind Kind =>
        Type == ServiceType.Subscriptions.Id ? OrderKind.Subscription
        : Runs is not null ? OrderKind.DripFeed
        : OrderKind.Plain;
}

/// <summary>A row of the side index; see <see cref="PanelDb.OrdersOf"/>.</summary>
internal sealed class ResellerOrderRow
{
    public required int ResellerId { get; set; }
    public required int OrderId { get; set; }
}

internal sealed class SubscriptionRow
{
    public required int OrderId { get; set; }
    public required int Min { get; set; }
    public required int Max { get; set; }
    public required int DelayMinutes { get; set; }
    public int? Posts { get; set; }
    public required int OldPosts { get; set; }
    public long? ExpiresAt { get; set; }
    public int PostsDone { get; set; }
}

internal sealed class OrderMoveRow
{
    public required int OrderId { get; set; }
    public required int Version { get; set; }
    public required long At { get; set; }
    public required Actor Actor { get; set; }
    public required OrderStatus FromStatus { get; set; }
    public required OrderStatus ToStatus { get; set; }
    public required long Remains { get; set; }
    public string? Note { get; set; }
}

internal sealed class RunningLinkRow
{
    public required int ResellerId { get; set; }
    public required int ServiceId { get; set; }
    public required string Link { get; set; }
    public required int OrderId { get; set; }
}

internal sealed class RefillRow
{
    public required int Id { get; set; }
    public required int OrderId { get; set; }
    public required int ResellerId { get; set; }
    public required RefillStatus Status { get; set; }
    public required long CreatedAt { get; set; }
    public required long UpdatedAt { get; set; }
}

internal sealed class CancelRow
{
    public int Id { get; set; }
    public required int OrderId { get; set; }
    public required int ResellerId { get; set; }
    public required CancelStatus Status { get; set; }
    public required long CreatedAt { get; set; }
    public required long UpdatedAt { get; set; }
}

internal sealed class PaymentRow
{
    public int Id { get; set; }
    public required int ResellerId { get; set; }
    public required TransferKind Kind { get; set; }
    public required Money Amount { get; set; }
    public required string Note { get; set; }
    public string? Reference { get; set; }

    /// <summary>The reference as it is compared (<see cref="FoldedText"/>).</summary>
    public string? ReferenceKey { get; set; }

    public required long CreatedAt { get; set; }
}

internal sealed class TransferRow
{
    public required int Subject { get; set; }
    public required TransferKind Kind { get; set; }
    public required int Version { get; set; }
    public required int FromAccount { get; set; }
    public required int ToAccount { get; set; }
    public required Money Amount { get; set; }
    public required long At { get; set; }
}

internal sealed class IdempotencyKeyRow
{
    public required int ResellerId { get; set; }
    public required string Key { get; set; }
    public required byte[] Fingerprint { get; set; }
    public byte[]? Answer { get; set; }
    public required long CreatedAt { get; set; }
}

internal sealed class AuditRow
{
    public int Id { get; set; }
    public required long At { get; set; }
    public required string Action { get; set; }
    public required string Subject { get; set; }
    public required string Detail { get; set; }
    public string Who { get; set; } = "";
    public string Channel { get; set; } = "";
    public Actor ActorKind { get; set; } = Actor.Operator;
    public int? ActorId { get; set; }
    public string? Address { get; set; }
    public string? RequestId { get; set; }
    public Money? Amount { get; set; }
    public Money? Balance { get; set; }
}

/// <summary>What has a next time. The numbers are stored.</summary>
internal enum WorkKind
{
    /// <summary>A provider's next word on an order.</summary>
    Order = 1,

    /// <summary>A provider's next word on a refill.</summary>
    Refill = 2,

    /// <summary>A provider's answer to a cancel request.</summary>
    Cancel = 3,

    /// <summary>A drip-feed's next run.</summary>
    Run = 4,

    /// <summary>A post's order.</summary>
    Post = 5,

    /// <summary>A subscription's end.</summary>
    Expiry = 6,

    /// <summary>An order is sent to a provider.</summary>
    Send = 7,

    /// <summary>A provider is asked for a refill.</summary>
    SendRefill = 8,

    /// <summary>A provider is asked to cancel an order.</summary>
    SendCancel = 9,
}

internal sealed class ScheduledWorkRow
{
    public required WorkKind Kind { get; set; }
    public required int Subject { get; set; }
    public required int OrderId { get; set; }

    /// <summary>Whose it is; null = the panel's own.</summary>
    public int? ProviderId { get; set; }

    public required long At { get; set; }
    public int Attempts { get; set; }
    public bool Held { get; set; }
}

internal sealed class PostRow
{
    public int Id { get; set; }
    public required int OrderId { get; set; }
    public required string Link { get; set; }
    public required long AppearedAt { get; set; }
}

internal sealed class ReviewRow
{
    public int Id { get; set; }
    public required int OrderId { get; set; }
    public ReviewKind Kind { get; set; }
    public required string Said { get; set; }
    public string? Code { get; set; }
    public string? Args { get; set; }
    public required long OpenedAt { get; set; }
    public long? ClosedAt { get; set; }
    public string? Note { get; set; }
}

/// <summary>Links that an operator bans or holds.</summary>
internal sealed class LinkBlockRow
{
    public int Id { get; set; }
    public required LinkBlockKind Kind { get; set; }
    public required string Pattern { get; set; }
    public required string Note { get; set; }
    public required long CreatedAt { get; set; }
}

/// <summary>An order that waits because of its link, until it was freed.</summary>
internal sealed class LinkHoldRow
{
    public required int OrderId { get; set; }
    public required string Pattern { get; set; }
    public required long HeldAt { get; set; }
    public long? FreedAt { get; set; }
}

internal sealed class FaultRow
{
    public int Id { get; set; }
    public string? Action { get; set; }
    public required string Kind { get; set; }
    public required int Times { get; set; }
}
