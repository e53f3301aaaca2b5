using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers;

/// <summary>
/// Reconciles a submission whose outcome is unknown: an operator says by which id the provider has it, that the provider does
/// not have it, or pays it back (docs/operating.md, "Unknown"). What each means for a kind is its handler's.
/// </summary>
internal sealed class ReconcileSubmission(WriteQueue writes, ProviderDirectory upstream, TimeProvider clock)
{
    /// <summary>The provider has it by this id; the provider is asked first whether it knows the id.</summary>
    /// <returns>What the provider reports of it.</returns>
    public async Task<Result<string>> LinkAsync(ActorContext actor, int order, string upstreamId, string note, CancellationToken cancel)
    {
        if (!(await writes.RunAsync(actor, unit => Find(unit, order))).Try(out var unknown, out var refusal))
        {
            return refusal;
        }

        if (!UpstreamIds.IsId(upstreamId))
        {
            return new Refusal("incorrect_id", upstreamId);
        }

        if (!(await StateOfAsync(unknown, upstreamId, cancel)).Try(out var state, out refusal))
        {
            return refusal;
        }

        ScheduledWork? due = null;
        return await ChangeAsync(actor, order, "review link", note, Link, Apply);

        Result<Reconciled> Link(UnitOfWork unit, UnknownSubmission still, long now)
        {
            if (still.Submission.Id != unknown.Submission.Id)
            {
                return new Refusal("changed", order);
            }

            if (unit.Submissions.OrderKnownAs(still.Submission.Provider, still.Handler.Kind, upstreamId) is { } other)
            {
                return new Refusal("id_taken", other, upstreamId);
            }

            unit.Submissions.End(
                still.Submission.Id,
                new SubmissionEnd(SubmissionOutcome.Accepted) { UpstreamId = upstreamId, Reason = $"linked by an operator: {note}" },
                now);
            due = still.Handler.StartPolling(unit, still, now);
            return new Reconciled(state.Text);
        }

        // The review is closed by then: the reported state may open another.
        void Apply(UnitOfWork unit, UnknownSubmission linked, long now)
        {
            var row = unit.Db.Submissions.Single(one => one.Id == linked.Submission.Id);
            state.Apply(unit, new(due!.Value, row.Id, upstreamId, row.Quantity, row.UpstreamService, row.StartedAt), now);
        }
    }

    /// <summary>The provider does not have it: it is submitted again.</summary>
    public Task<Result<string>> ResendAsync(ActorContext actor, int order, string note) => ChangeAsync(actor, order, "review resend", note, (unit, unknown, now) =>
    {
        unit.Submissions.End(unknown.Submission.Id, NotAccepted(note), now);
        unknown.Handler.SubmitAgain(unit, unknown, now);
        return new Reconciled("it is sent again");
    });

    /// <summary>It is paid back, whatever became of it at the provider.</summary>
    public Task<Result<string>> RefundAsync(ActorContext actor, int order, string note) =>
        ChangeAsync(actor, order, "review refund", note, (unit, unknown, now) =>
            unknown.Handler.Refund(unit, unknown, note, now).Try(out var paid, out var refusal)
                ? new Reconciled($"{paid.Amount} went back") { PaidBack = paid }
                : refusal);

    /// <summary>Keeps the balance after a submission, as evidence.</summary>
    public static void KeepBalanceAfter(UnitOfWork unit, int submission, long balance) => unit.Db.Submissions
        .Where(row => row.Id == submission)
        .ExecuteUpdate(row => row.SetProperty(s => s.BalanceAfter, balance));

    private static SubmissionEnd NotAccepted(string note) =>
        new(SubmissionOutcome.NotAccepted) { Reason = $"an operator found that it was not accepted: {note}" };

    /// <summary>What is unknown of an order: its own submission, or that of something which belongs to it.</summary>
    private static Result<UnknownSubmission> Find(UnitOfWork unit, int order)
    {
        foreach (var handler in SubmissionHandlers.Reconcilable)
        {
            if (handler.FindUnknown(unit, order) is { } unknown)
            {
                return unknown;
            }
        }

        return new Refusal("nothing_unknown", order);
    }

    private async Task<Result<ReportedState>> StateOfAsync(UnknownSubmission unknown, string upstreamId, CancellationToken cancel)
    {
        var provider = upstream.Find(unknown.Submission.Provider)!;
        return upstream.AccountOf(provider) is { } account
            ? await unknown.Handler.AskStateAsync(upstream, provider, account, upstreamId, cancel)
            : ProviderDirectory.KeyLost(provider.Name);
    }

    private Task<Result<string>> ChangeAsync(
        ActorContext actor,
        int order,
        string action,
        string note,
        Func<UnitOfWork, UnknownSubmission, long, Result<Reconciled>> change,
        Action<UnitOfWork, UnknownSubmission, long>? after = null)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit =>
        {
            if (!WireText.IsLine(note.Trim(), Limits.TextLength, Joiners.WhereTheyJoin))
            {
                return new Refusal("incorrect_text.note", Limits.TextLength, HiddenCharacters.Describe(note, Joiners.WhereTheyJoin));
            }

            if (!Find(unit, order).Try(out var unknown, out var refusal) || !change(unit, unknown, now).Try(out var done, out refusal))
            {
                return refusal;
            }

            ManualReviews.Close(unit, order, note.Trim(), now);
            var subject = string.Create(CultureInfo.InvariantCulture, $"order {order}");
            if (done.PaidBack is { } paid)
            {
                Audit.WriteMoney(unit, now, action, subject, note.Trim(), paid.Amount, paid.Reseller);
            }
            else
            {
                Audit.Write(unit, now, action, subject, note.Trim());
            }

            after?.Invoke(unit, unknown, now);
            return (Result<string>)done.Text;
        });
    }

    /// <summary>What a reconciliation came to.</summary>
    /// <param name="Text">For people.</param>
    private sealed record Reconciled(string Text)
    {
        /// <summary>What went back to the reseller; null where no money moves.</summary>
        public PaidBack? PaidBack { get; init; }
    }
}
