using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// One kind of submission, from the scheduled work to what follows from its outcome. Handlers have no state: everything is in
/// the arguments and in rows. They are listed in <see cref="SubmissionHandlers"/>.
/// </summary>
internal interface ISubmissionHandler
{
    /// <summary>The kind, as it is stored.</summary>
    SubmissionKind Kind { get; }

    /// <summary>The scheduled work that is claimed for it.</summary>
    WorkKind Work { get; }

    /// <summary>
    /// Whether it places a new order: it costs money, it waits while the provider is paused, and its outcome counts for the
    /// circuit breaker. Many panels have no refill or cancel; what they answer to those must not stop everybody's orders.
    /// </summary>
    bool PlacesOrder { get; }

    /// <summary>Writes, before the call and inside a unit, that it is under way.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="due">The scheduled work.</param>
    /// <param name="provider">Who is to be called.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="isProbe">The provider is paused for unclear refusals, and this order is to show whether it takes orders again.</param>
    /// <returns>What to send; null when there is nothing to send to this provider.</returns>
    ClaimedSubmission? Claim(UnitOfWork unit, ScheduledWork due, int provider, long now, bool isProbe = false);

    /// <summary>Makes the call, outside of any unit.</summary>
    Task<SubmissionResult> SendAsync(ProviderClient client, ProviderAccount account, ClaimedSubmission claimed, CancellationToken abort);

    /// <summary>Writes the outcome and what follows from it, inside a unit.</summary>
    /// <returns>The outcome, after earlier refusals were taken into account.</returns>
    SubmissionOutcome Complete(UnitOfWork unit, ClaimedSubmission claimed, SubmissionResult result, long now);

    /// <summary>The call was interrupted and its outcome is written as unknown: does what follows, inside the same unit.</summary>
    void AfterInterruption(UnitOfWork unit, ClaimedSubmission claimed, string reason, long now);

    /// <summary>What waits to be submitted, for people.</summary>
    string WaitingText { get; }

    /// <summary>What was submitted, for people.</summary>
    string Describe(SubmissionRow row, string provider);

    /// <summary>The text about an acceptance without an upstream id.</summary>
    string AcceptedWithoutId { get; }

    /// <summary>What a provider reports a state of, for people.</summary>
    string SubjectText(SubmissionRow row);
}

/// <summary>
/// A kind whose unknown outcome is reconciled by an operator (docs/operating.md, "Unknown"): the machine can neither repeat
/// it nor find out what came of it.
/// </summary>
internal interface IReconcilableSubmission : ISubmissionHandler
{
    /// <summary>The submission of an order, or of something that belongs to it, whose outcome is unknown; null when there is none.</summary>
    UnknownSubmission? FindUnknown(UnitOfWork unit, int order);

    /// <summary>Asks the provider for the state of what it has by an id.</summary>
    /// <returns>Refused when it does not report a state that is known.</returns>
    Task<Result<ReportedState>> AskStateAsync(ProviderDirectory upstream, ProviderView provider, ProviderAccount account, string upstreamId, CancellationToken cancel);

    /// <summary>The provider has it: it is polled from now on.</summary>
    /// <returns>The scheduled poll.</returns>
    ScheduledWork StartPolling(UnitOfWork unit, UnknownSubmission unknown, long now);

    /// <summary>The provider does not have it: it is submitted again.</summary>
    void SubmitAgain(UnitOfWork unit, UnknownSubmission unknown, long now);

    /// <summary>Its charge is paid back, whatever the provider has.</summary>
    Result<PaidBack> Refund(UnitOfWork unit, UnknownSubmission unknown, string note, long now);
}

/// <summary>What a refund came to.</summary>
internal sealed record PaidBack(Money Amount, int Reseller);

/// <summary>A submission whose outcome is unknown.</summary>
/// <param name="Handler">Its kind.</param>
/// <param name="Subject">The order or the refill.</param>
/// <param name="Submission">Its row.</param>
internal sealed record UnknownSubmission(IReconcilableSubmission Handler, int Subject, OpenSubmission Submission);

/// <summary>The state that a provider reports of an id.</summary>
/// <param name="Provider">Who reports it.</param>
/// <param name="Text">For people.</param>
/// <param name="Apply">Applies it inside a unit, as if it had been polled.</param>
internal sealed record ReportedState(ProviderView Provider, string Text, Action<UnitOfWork, PollDue, long> Apply)
{
    /// <summary>The provider does not report a state of the id.</summary>
    public static Refusal Unknown(ProviderView provider, string id, string why) =>
        why.Length > 0 ? new("not_known_there.said", provider.Name, id, why) : new("not_known_there", provider.Name, id);
}
