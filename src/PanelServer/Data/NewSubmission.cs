using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Data;

/// <summary>A submission to a provider that begins.</summary>
internal sealed record NewSubmission
{
    public required SubmissionKind Kind { get; init; }

    /// <summary>The order, the refill or the cancel request.</summary>
    public required int Subject { get; init; }

    public required int Order { get; init; }
    public required int Provider { get; init; }
    public string? UpstreamService { get; init; }

    /// <summary>How much is asked for.</summary>
    public required long Quantity { get; init; }

    /// <summary>What it is expected to cost.</summary>
    public Money? Cost { get; init; }

    /// <summary>The last known balance there, in 0.00001 of its currency.</summary>
    public long? BalanceBefore { get; init; }

    public required long At { get; init; }
}
