using PanelServer.Domain.Providers;

namespace PanelServer.Providers.PanelApi;

/// <summary>What came of asking for a change.</summary>
internal sealed record Asked(SendingOutcome Outcome, Exchange Exchange)
{
    /// <summary>By what the provider knows it; only of what it accepted, and never of a cancel.</summary>
    public string? UpstreamId { get; init; }

    /// <summary>One line for the operator: the provider's words, or what went wrong. Without the key.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What its no is about, when it said one, or told of a fault.</summary>
    public Objection? Objection { get; init; }

    /// <summary>The words of its no in the plain form, without what it repeats of ours; empty without one.</summary>
    public string Plain { get; init; } = "";

    /// <summary>A question about the balance has confirmed that it is about our funds or our key.</summary>
    public bool IsConfirmed { get; init; }
}

/// <summary>What came of a question.</summary>
internal sealed record Read<T>(Exchange Exchange)
    where T : class
{
    /// <summary>The answer; null when there is none.</summary>
    public T? Value { get; init; }

    /// <summary>Why there is none, in one line without the key.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What its no is about, when it said a readable one.</summary>
    public Objection? Objection { get; init; }
}
