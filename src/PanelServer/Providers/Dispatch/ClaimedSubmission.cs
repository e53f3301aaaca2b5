using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>Something a provider is to be asked to do, written down and not yet asked.</summary>
/// <param name="Sending">The row of it.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Subject">The order, the refill or the cancel request.</param>
/// <param name="Order">The order it is about.</param>
/// <param name="Provider">Who is asked.</param>
/// <param name="Attempts">How often in a row it could not be asked before.</param>
internal sealed record ClaimedSubmission(int Sending, SubmissionKind Kind, int Subject, int Order, int Provider, int Attempts)
{
    /// <summary>The order's id at the provider; of an order that is to be delivered there is none yet.</summary>
    public string UpstreamOrder { get; init; } = "";

    /// <summary>The provider's service; of an order only.</summary>
    public string UpstreamService { get; init; } = "";

    /// <summary>What an order is expected to cost there, in the panel's currency; what it was sold for where that is not known.</summary>
    public Money Cost { get; init; }

    /// <summary>The fields of an order, as the contract names them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];
}
