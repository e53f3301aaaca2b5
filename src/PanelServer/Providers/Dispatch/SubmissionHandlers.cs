using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>Every kind of submission; a further kind is a further line here.</summary>
internal static class SubmissionHandlers
{
    /// <summary>
    /// In the order in which one look of the dispatcher submits them: what is about orders that the provider has goes before
    /// new orders.
    /// </summary>
    public static IReadOnlyList<ISubmissionHandler> All { get; } = [new SubmitCancel(), new SubmitRefill(), new SubmitOrder()];

    /// <summary>Those whose unknown outcome an operator reconciles.</summary>
    public static IReadOnlyList<IReconcilableSubmission> Reconcilable { get; } = [.. All.OfType<IReconcilableSubmission>()];

    /// <summary>The handler of a kind.</summary>
    public static ISubmissionHandler Of(SubmissionKind kind) => All.First(handler => handler.Kind == kind);

    /// <summary>The handler that claims a kind of scheduled work; null when nothing is submitted for it.</summary>
    public static ISubmissionHandler? For(WorkKind work) => All.FirstOrDefault(handler => handler.Work == work);
}
