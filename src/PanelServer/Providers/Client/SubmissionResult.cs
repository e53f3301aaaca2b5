using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>What came of asking for a change.</summary>
internal sealed record SubmissionResult(SubmissionOutcome Outcome, HttpExchange Exchange)
{
    /// <summary>By what the provider knows it; only of what it accepted, and never of a cancel.</summary>
    public string? UpstreamId { get; init; }

    /// <summary>A refill that was accepted, and without an id by which it could be asked about.</summary>
    public bool IsWithoutId { get; init; }

    /// <summary>One line for the operator: the provider's words, or what went wrong. Without the key.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What its rejection is about, when it gave one, or reported a fault.</summary>
    public RejectionReason? Objection { get; init; }

    /// <summary>The words of its no in the plain form, without what it repeats of ours; empty without one.</summary>
    public string Plain { get; init; } = "";

    /// <summary>A question about the balance has confirmed that it is about our funds or our key.</summary>
    public bool IsConfirmed { get; init; }
}

/// <summary>What came of a question.</summary>
internal sealed record QueryResult<T>(HttpExchange Exchange)
    where T : class
{
    /// <summary>The answer; null when there is none.</summary>
    public T? Value { get; init; }

    /// <summary>Why there is none, in one line without the key.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What its no is about, when it said a readable one.</summary>
    public RejectionReason? Objection { get; init; }

    /// <summary>It holds a number that can be read in two ways: it is answered, but not applied.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>What was asked was not understood as it was asked; about fewer at once it may be.</summary>
    public bool IsMisunderstood =>
        Value is null
        && (Objection is Domain.Providers.RejectionReason.Request or Domain.Providers.RejectionReason.Unclear or Domain.Providers.RejectionReason.Limit || (Objection is null && BadRequests.Contains(Exchange.Status)));

    private static readonly int[] BadRequests = [400, 413, 414, 422];
}
