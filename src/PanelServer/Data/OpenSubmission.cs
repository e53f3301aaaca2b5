using PanelServer.Domain.Providers;

namespace PanelServer.Data;

/// <summary>A submission that must not be repeated: under way, accepted or unknown.</summary>
internal sealed record OpenSubmission(int Id, int Order, int Provider, SubmissionOutcome Outcome, string? UpstreamId, long Quantity);
