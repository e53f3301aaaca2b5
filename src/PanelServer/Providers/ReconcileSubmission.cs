using PanelServer.Providers.Polling;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers;

/// <summary>
/// What a person does with an order, or with a refill of it, of which nobody knows whether the provider has it: says by which
/// id it has it, says that it has it not, or pays it back (docs/operating.md, "Unknown").
/// </summary>
internal sealed class ReconcileSubmission(WriteQueue writes, ProviderDirectory upstream, TimeProvider clock)
{
    /// <summary>The provider has it by this id; it is asked first whether it knows the id.</summary>
    /// <returns>What the provider says of it.</returns>
    public async Task<Result<string>> LinkAsync(ActorContext actor, int order, string upstreamId, string note, CancellationToken cancel)
    {
        if (!(await writes.RunAsync(actor, unit => Find(unit, order))).Try(out var unknown, out var refusal))
        {
            return refusal;
        }

        if (!UpstreamIds.IsId(upstreamId))
        {
            return new Refusal("incorrect_id", $"{upstreamId} is no id that a provider gives");
        }

        if (!(await WordOnAsync(unknown, upstreamId, cancel)).Try(out var word, out refusal))
        {
            return refusal;
        }

        return await ChangeAsync(actor, order, "review link", note, Link, Hear);

        Result<string> Link(UnitOfWork unit, Unknown still, long now)
        {
            if (still.Sending.Id != unknown.Sending.Id)
            {
                return new Refusal("changed", string.Create(CultureInfo.InvariantCulture, $"order {order} was sent again meanwhile; see `panelserver review show {order}`"));
            }

            if (unit.Submissions.OrderKnownAs(still.Sending.Provider, still.Kind, upstreamId) is { } other)
            {
                return new Refusal("id_taken", string.Create(CultureInfo.InvariantCulture, $"the provider has order {other} by the id {upstreamId}"));
            }

            unit.Submissions.End(
                still.Sending.Id,
                new SubmissionEnd(SubmissionOutcome.Accepted) { UpstreamId = upstreamId, Reason = $"linked by an operator: {note}" },
                now);
            if (still.Kind == SubmissionKind.Order)
            {
                SubmitOrder.Keep(unit, order, still.Sending.Provider, now);
            }
            else
            {
                unit.Due.Set(WorkKind.Refill, still.Subject, order, now + PollingSchedule.PauseAfter(0), still.Sending.Provider);
            }

            return word.Words;
        }

        // The review is closed by then: what is said now may open another.
        void Hear(UnitOfWork unit, Unknown linked, long now)
        {
            var kind = linked.Kind == SubmissionKind.Order ? WorkKind.Order : WorkKind.Refill;
            var sending = unit.Db.Submissions.Single(row => row.Id == linked.Sending.Id);
            var due = new ScheduledWork(kind, linked.Subject, order, now + PollingSchedule.PauseAfter(0), Attempts: 0);
            var poll = new PollDue(due, sending.Id, upstreamId, sending.Quantity, sending.UpstreamService, sending.StartedAt);
            if (word.Order is { } said)
            {
                ApplyOrderStatus.Apply(unit, word.Provider, poll, said, now);
            }
            else
            {
                ApplyRefillStatus.Apply(unit, word.Provider, poll, word.Refill, now);
            }
        }
    }

    /// <summary>The provider has it not: it is sent again.</summary>
    public Task<Result<string>> ResendAsync(ActorContext actor, int order, string note) => ChangeAsync(actor, order, "review resend", note, (unit, unknown, now) =>
    {
        unit.Submissions.End(unknown.Sending.Id, NotAccepted(note), now);
        if (unknown.Kind == SubmissionKind.Order)
        {
            SubmitOrder.Requeue(unit, order, 0, now, now);
        }
        else
        {
            unit.Due.Set(WorkKind.SendRefill, unknown.Subject, order, now, unknown.Sending.Provider);
        }

        return "it is sent again";
    });

    /// <summary>It is paid back, whatever became of it at the provider.</summary>
    public Task<Result<string>> RefundAsync(ActorContext actor, int order, string note) => ChangeAsync(actor, order, "review refund", note, (unit, unknown, now) =>
    {
        if (unknown.Kind != SubmissionKind.Order)
        {
            return new Refusal(
                "nothing_to_refund",
                string.Create(CultureInfo.InvariantCulture, $"refill {unknown.Subject} cost nothing: end it by `panelserver refill reject {unknown.Subject}`"));
        }

        // As an end that the provider gave it: an operator's own moves are refused while the sending is unknown.
        var move = new OrderMove(OrderStatus.Canceled, Actor.Provider) { Note = $"paid back by an operator, the sending stays unknown: {note}" };
        return MoveOrder.Move(unit, order, move, now).Try(out var moved, out var refusal) ? $"{moved.Refund} went back" : refusal;
    });

    /// <summary>Keeps what the balance was found to be after a sending, as evidence.</summary>
    public static void KeepBalanceAfter(UnitOfWork unit, int sending, long balance) => unit.Db.Submissions
        .Where(row => row.Id == sending)
        .ExecuteUpdate(row => row.SetProperty(s => s.BalanceAfter, balance));

    private static SubmissionEnd NotAccepted(string note) =>
        new(SubmissionOutcome.NotAccepted) { Reason = $"an operator found that it was not accepted: {note}" };

    /// <summary>What is unknown of an order: its own sending, or that of a refill that is open.</summary>
    private static Result<Unknown> Find(UnitOfWork unit, int order)
    {
        if (unit.Submissions.Live(SubmissionKind.Order, order) is { Outcome: SubmissionOutcome.Unknown } sending
            && unit.Orders.Find(order) is { } row
            && !OrderLifecycle.IsFinal(row.Status))
        {
            return new Unknown(SubmissionKind.Order, order, sending);
        }

        var refills = unit.Db.Refills
            .Where(refill => refill.OrderId == order && (refill.Status == RefillStatus.Pending || refill.Status == RefillStatus.InProgress))
            .Select(refill => refill.Id)
            .ToList();
        foreach (var refill in refills)
        {
            if (unit.Submissions.Live(SubmissionKind.Refill, refill) is { Outcome: SubmissionOutcome.Unknown } asked)
            {
                return new Unknown(SubmissionKind.Refill, refill, asked);
            }
        }

        return new Refusal(
            "nothing_unknown",
            string.Create(CultureInfo.InvariantCulture, $"nothing about order {order} is unknown at a provider; `panelserver review close {order}` closes a review of another kind"));
    }

    private async Task<Result<Word>> WordOnAsync(Unknown unknown, string upstreamId, CancellationToken cancel)
    {
        var provider = upstream.Find(unknown.Sending.Provider)!;
        if (upstream.AccountOf(provider) is not { } account)
        {
            return ProviderDirectory.KeyLost(provider.Name);
        }

        return unknown.Kind == SubmissionKind.Order
            ? await OrderWordAsync(provider, account, upstreamId, cancel)
            : await RefillWordAsync(provider, account, upstreamId, cancel);
    }

    private async Task<Result<Word>> OrderWordAsync(ProviderView provider, ProviderAccount account, string id, CancellationToken cancel)
    {
        var read = upstream.WordsOf(provider).Apply(await upstream.Api.StatusAsync(account, [id], cancel));
        var said = read.Value?.GetValueOrDefault(id);
        var charge = said?.Charge is { } units ? $", charged {new Rate(units)} {said.Currency}".TrimEnd() : "";
        return said is { Status: not null }
            ? new Word(provider, $"provider {provider.Name} says {said.Word} of {id}{charge}") { Order = said }
            : NotKnown(provider, id, said?.Error ?? said?.Said ?? read.Reason);
    }

    private async Task<Result<Word>> RefillWordAsync(ProviderView provider, ProviderAccount account, string id, CancellationToken cancel)
    {
        var read = upstream.WordsOf(provider).Apply(await upstream.Api.RefillStatusAsync(account, [id], cancel));
        var said = read.Value?.GetValueOrDefault(id);
        return said is { Status: not null }
            ? new Word(provider, $"provider {provider.Name} says {said.Word} of {id}") { Refill = said }
            : NotKnown(provider, id, said?.Error ?? said?.Said ?? read.Reason);
    }

    private static Refusal NotKnown(ProviderView provider, string id, string why) =>
        new("not_known_there", $"provider {provider.Name} does not say that it has {id}: {(why.Length > 0 ? why : "it says nothing of it")}");

    private Task<Result<string>> ChangeAsync(ActorContext actor, int order, string action, string note, Func<UnitOfWork, Unknown, long, Result<string>> change, Action<UnitOfWork, Unknown, long>? after = null)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit =>
        {
            if (!WireText.IsLine(note.Trim(), Limits.TextLength, Joiners.WhereTheyJoin))
            {
                return new Refusal("incorrect_text", $"a note is one line of 1 to {Limits.TextLength} characters{HiddenCharacters.Told(note, Joiners.WhereTheyJoin)}");
            }

            if (!Find(unit, order).Try(out var unknown, out var refusal) || !change(unit, unknown, now).Try(out var done, out refusal))
            {
                return refusal;
            }

            ManualReviews.Close(unit, order, note.Trim(), now);
            Audit.Write(unit, now, action, string.Create(CultureInfo.InvariantCulture, $"order {order}"), note.Trim());
            after?.Invoke(unit, unknown, now);
            return (Result<string>)done;
        });
    }

    private sealed record Unknown(SubmissionKind Kind, int Subject, OpenSubmission Sending);

    /// <summary>What a provider says of an id: of an order's, or of a refill's.</summary>
    private sealed record Word(ProviderView Provider, string Words)
    {
        public UpstreamOrder? Order { get; init; }

        public UpstreamRefill? Refill { get; init; }
    }
}
