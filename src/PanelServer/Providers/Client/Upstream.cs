using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Providers.Client;

/// <summary>What a provider reports about an order, not yet validated.</summary>
internal sealed record UpstreamOrder
{
    /// <summary>Null when the word is not known, or when it says an error.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>The word as it came, on one line.</summary>
    public string Word { get; init; } = "";

    /// <summary>What it says of the order as it is written, quotes included: the state, or why there is none. Null when it says neither.</summary>
    public string? Said { get; init; }

    /// <summary>It says that the order has failed, and not how it ends.</summary>
    public bool HasFailed { get; init; }

    /// <summary>May be below zero; null when absent or unreadable.</summary>
    public long? Remains { get; init; }

    /// <summary>May be below zero; null when absent or unreadable.</summary>
    public long? StartCount { get; init; }

    /// <summary>In 1e-8 of the provider's currency, rounded up; null when absent, unreadable, below zero or absurd.</summary>
    public long? Charge { get; init; }

    /// <summary>With how many decimals the charge is written: it may have been rounded there.</summary>
    public int ChargeDecimals { get; init; }

    public string? Currency { get; init; }

    /// <summary>Why it says nothing of this order, in its words.</summary>
    public string? Error { get; init; }
}

/// <summary>What a provider says of a refill.</summary>
internal sealed record UpstreamRefill
{
    /// <summary>Null when the word is not known, or when it says an error.</summary>
    public RefillStatus? Status { get; init; }

    /// <summary>The word as it came, on one line.</summary>
    public string Word { get; init; } = "";

    /// <summary>What it says of the refill as it is written, quotes included: the state, or why there is none. Null when it says neither.</summary>
    public string? Said { get; init; }

    /// <summary>Why it says nothing of this refill, in its words.</summary>
    public string? Error { get; init; }
}

/// <summary>What is left at a provider.</summary>
/// <param name="Units">1e-5 of its currency, rounded down; may be below zero.</param>
/// <param name="Currency">As it names it; null when it does not.</param>
internal sealed record UpstreamBalance(long Units, string? Currency);
