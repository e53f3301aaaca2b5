using PanelServer.Domain.Providers;

namespace PanelServer.Data;

/// <summary>The outcome of a submission, with its evidence.</summary>
internal sealed record SubmissionEnd(SubmissionOutcome Outcome)
{
    public string? UpstreamId { get; init; }
    public string? Reason { get; init; }
    public string? Sent { get; init; }
    public long? SentBytes { get; init; }

    /// <summary>Milliseconds.</summary>
    public long? Elapsed { get; init; }

    public string? Answer { get; init; }

    /// <summary>What a no was about.</summary>
    public RejectionReason? Objection { get; init; }
}
