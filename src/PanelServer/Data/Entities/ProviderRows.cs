using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Entities;

// The rows of what has to do with providers; see Rows.cs for the others.

/// <summary>An upstream panel.</summary>
internal sealed class ProviderRow
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public required string Url { get; set; }

    /// <summary>The key, encrypted.</summary>
    public required string Secret { get; set; }

    public bool Internal { get; set; }
    public string? Currency { get; set; }
    public long Exchange { get; set; } = ExchangeRate.One;
    public int Concurrency { get; set; } = 8;
    public int PerSecond { get; set; } = 20;
    public Pause Paused { get; set; }
    public long? PausedAt { get; set; }
    public int Failures { get; set; }
    public long? OpenUntil { get; set; }

    /// <summary>In 0.00001 of its own currency.</summary>
    public long? Balance { get; set; }
    public long? BalanceAt { get; set; }
    public long? LowBalance { get; set; }
    public long? ComparedAt { get; set; }
    public int? OrdersOfCall { get; set; }
    public long? OrdersOfCallAt { get; set; }
    public int? RefillsOfCall { get; set; }
    public long? RefillsOfCallAt { get; set; }

    /// <summary>Whether an operator has said what one unit of its currency is in the panel's.</summary>
    public bool ExchangeSet { get; set; }

    /// <summary>Another currency than the one that is kept, while it says so.</summary>
    public string? SaidCurrency { get; set; }

    /// <summary>Rows of the last whole reading of its catalogue.</summary>
    public int? CatalogueRows { get; set; }

    /// <summary>What it writes before the decimals of its numbers.</summary>
    public DecimalSign DecimalSign { get; set; }

    /// <summary>Of one that is paused for strange answers: when it is tried next.</summary>
    public long? ProbeAt { get; set; }
    public required long CreatedAt { get; set; }
}

/// <summary>The meaning of a provider's word, as set by an operator.</summary>
internal sealed class ProviderWordRow
{
    public required int ProviderId { get; set; }

    /// <summary>In the plain form in which words are compared.</summary>
    public required string Word { get; set; }

    /// <summary>As the operator wrote it.</summary>
    public required string Written { get; set; }

    public required WordMeaning Meaning { get; set; }
    public required long CreatedAt { get; set; }
}

/// <summary>An order that a provider refused strangely since it accepted the last.</summary>
internal sealed class UnclearRefusalRow
{
    public required int ProviderId { get; set; }

    /// <summary><see cref="RejectionReason.Unclear"/> or <see cref="RejectionReason.Fault"/>.</summary>
    public required RejectionReason Kind { get; set; }

    public required int OrderId { get; set; }
    public required string Words { get; set; }
    public required long At { get; set; }
}

internal sealed class ProviderBalanceRow
{
    public required int ProviderId { get; set; }
    public required long At { get; set; }
    public required long Balance { get; set; }
}

internal sealed class RouteRow
{
    public int Id { get; set; }
    public required int ServiceId { get; set; }
    public required int ProviderId { get; set; }
    public required string UpstreamService { get; set; }
    public int Priority { get; set; } = 1;
    public bool Enabled { get; set; } = true;

    /// <summary>Why the panel has locked it, for people; null = it is not locked.</summary>
    public string? Locked { get; set; }

    /// <summary>The kind of the reason; null = it is not locked.</summary>
    public RouteLockKind? LockKind { get; set; }

    /// <summary>The lock as one value; null = it is not locked. One without a kind was set by another program.</summary>
    public RouteLock? Lock
    {
        get => Locked is { } text ? new(LockKind ?? RouteLockKind.Other, text) : null;
        set => (LockKind, Locked) = (value?.Kind, value?.Text);
    }

    public int Multiplier { get; set; } = Domain.Providers.Multiplier.One;
    public string? Extra { get; set; }
    public Rate? Cost { get; set; }
    public int? UpstreamMin { get; set; }
    public int? UpstreamMax { get; set; }
    public string? UpstreamName { get; set; }
    public string? UpstreamCategory { get; set; }
    public Rate? SyncedRate { get; set; }

    /// <summary>What it was last seen to cost, in the provider's currency.</summary>
    public Rate? SeenCost { get; set; }

    public long? SeenAt { get; set; }

    /// <summary>What the provider's catalogue listed last.</summary>
    public Rate? ListedCost { get; set; }

    /// <summary>Up to this cost an operator lets it be used at a loss.</summary>
    public Rate? AcceptedCost { get; set; }

    /// <summary>Since when it is missing in whole readings of the catalogue.</summary>
    public long? MissedAt { get; set; }

    public required long CreatedAt { get; set; }
}

internal sealed class MarkupRow
{
    public int Id { get; set; }
    public required int ProviderId { get; set; }
    public string Category { get; set; } = "";
    public string UpstreamService { get; set; } = "";
    public int Percent { get; set; }
    public Rate Fixed { get; set; }
    public Rate? RoundUp { get; set; }
    public Rate? Floor { get; set; }
    public Rate? Ceiling { get; set; }
}

/// <summary>Something a provider was asked to do.</summary>
internal sealed class SubmissionRow
{
    public int Id { get; set; }
    public required SubmissionKind Kind { get; set; }
    public required int Subject { get; set; }
    public required int OrderId { get; set; }
    public required int ProviderId { get; set; }
    public string? UpstreamService { get; set; }
    public required long Quantity { get; set; }
    public required SubmissionOutcome Outcome { get; set; }

    /// <summary>What a no was about; null when it said none.</summary>
    public RejectionReason? Objection { get; set; }
    public string? UpstreamId { get; set; }
    public string? Reason { get; set; }
    public required long StartedAt { get; set; }
    public long? EndedAt { get; set; }
    public Money? Cost { get; set; }
    public string? Sent { get; set; }
    public long? SentBytes { get; set; }
    public long? Elapsed { get; set; }
    public string? Answer { get; set; }
    public long? BalanceBefore { get; set; }
    public long? BalanceAfter { get; set; }

    /// <summary>What the provider said last of the order or the refill, as it wrote it.</summary>
    public string? Said { get; set; }

    /// <summary>How often in a row it said that it does not know it.</summary>
    public int Unheard { get; set; }

    public long? UnheardSince { get; set; }
}

internal sealed class AlertRow
{
    public int Id { get; set; }
    public required int ProviderId { get; set; }
    public required AlertKind Kind { get; set; }
    public required string Subject { get; set; }
    public required string Said { get; set; }
    public string? Code { get; set; }
    public string? Args { get; set; }
    public required long OpenedAt { get; set; }
    public long? ClosedAt { get; set; }
}

/// <summary>An order that an alert is about.</summary>
internal sealed class AlertOrderRow
{
    public required int AlertId { get; set; }
    public required int OrderId { get; set; }
}
