using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>A submission that is claimed: its row is on disk as under way, and the call is not made yet.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">The order, the refill or the cancel request.</param>
/// <param name="Order">The order it is about.</param>
/// <param name="Provider">Who is called.</param>
/// <param name="Attempts">How often in a row it has failed before.</param>
internal sealed record ClaimedSubmission(int Id, SubmissionKind Kind, int Subject, int Order, int Provider, int Attempts)
{
    /// <summary>The order's id at the provider; empty for a new order.</summary>
    public string UpstreamOrder { get; init; } = "";

    /// <summary>The provider's service; for a new order only.</summary>
    public string UpstreamService { get; init; } = "";

    /// <summary>The expected cost of a new order, in the panel's currency; its charge where the cost is not known.</summary>
    public Money Cost { get; init; }

    /// <summary>The fields of an order, as the contract names them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];
}
