using PanelServer.Domain.Providers;

namespace PanelServer.Data;

/// <summary>A provider and its state, as the dispatcher and the poller need it.</summary>
internal sealed record ProviderView
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Url { get; init; }

    /// <summary>The key, encrypted.</summary>
    public required string Secret { get; init; }

    /// <summary>It may have an address that is not public.</summary>
    public required bool IsInternal { get; init; }

    /// <summary>As it says; null until it was asked.</summary>
    public string? Currency { get; init; }

    public required ExchangeRate Exchange { get; init; }

    /// <summary>Calls at the same time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Calls a second.</summary>
    public required int PerSecond { get; init; }

    public required Pause Paused { get; init; }

    /// <summary>Calls that failed in a row.</summary>
    public required int Failures { get; init; }

    /// <summary>Until when it is left alone, unix milliseconds.</summary>
    public long? OpenUntil { get; init; }

    /// <summary>In 0.00001 of its currency.</summary>
    public long? Balance { get; init; }

    public long? BalanceAt { get; init; }
    public long? LowBalance { get; init; }

    /// <summary>When its catalogue was last compared with ours.</summary>
    public long? ComparedAt { get; init; }

    /// <summary>What it writes before the decimals of its numbers, as far as that is known.</summary>
    public DecimalSign Sign { get; init; }

    /// <summary>Whether it is known what its currency is in the panel's; where it is not, nothing is sent there.</summary>
    public required bool HasExchange { get; init; }

    /// <summary>Of one that is paused for strange answers: when it is tried next, unix milliseconds.</summary>
    public long? ProbeAt { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>When it is called, and for what.</summary>
    public CircuitBreaker Circuit => new(Failures, OpenUntil, Paused, ProbeAt);
}
