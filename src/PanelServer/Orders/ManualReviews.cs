using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Texts;

namespace PanelServer.Orders;

/// <summary>Orders that a person must look at: something was said of them that cannot be. At most one review is open for each.</summary>
internal sealed class ManualReviews(WriteQueue writes, TimeProvider clock)
{
    private static readonly ReviewKind[] All = Enum.GetValues<ReviewKind>();

    /// <summary>Opens a review inside a unit; a further word on an order under review joins it.</summary>
    public static void Open(UnitOfWork unit, int order, ReviewKind kind, Phrase said, long now)
    {
        var stored = PhraseJson.Stored(said);
        if (unit.Reviews.Open(order, kind, stored, now))
        {
            unit.LogAfterCommit(string.Create(CultureInfo.InvariantCulture, $"Order {order} is to be looked at: {stored.Text}"));
        }
    }

    /// <summary>Ends a review inside a unit whose reason has gone: of these kinds, if it is of one.</summary>
    public static void End(UnitOfWork unit, int order, ReadOnlySpan<ReviewKind> kinds, string why, long now) =>
        unit.Reviews.Close(order, kinds, $"ended by itself: {why}", now);

    /// <summary>Closes the open review of an order inside a unit, whatever it is about.</summary>
    /// <returns>False when there was none.</returns>
    public static bool Close(UnitOfWork unit, int order, string note, long now) => unit.Reviews.Close(order, All, note, now);

    /// <summary>Closes the open review of an order, with what was found.</summary>
    public Task<Result<int>> CloseAsync(ActorContext actor, int order, string note)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Closed(unit, order, note, now));
    }

    /// <summary>Closes the open review of an order by an operator's word, inside a unit.</summary>
    public static Result<int> Closed(UnitOfWork unit, int order, string note, long now)
    {
        if (!WireText.IsLine(note.Trim(), Limits.TextLength, Joiners.WhereTheyJoin))
        {
            return new Refusal("incorrect_text.note", Limits.TextLength, HiddenCharacters.Describe(note, Joiners.WhereTheyJoin));
        }

        if (unit.Submissions.Live(SubmissionKind.Order, order) is { Outcome: SubmissionOutcome.Unknown }
            && unit.Orders.Find(order) is { } row && !OrderLifecycle.IsFinal(row.Status))
        {
            return new Refusal("sending_unknown.review", order);
        }

        if (!Close(unit, order, note.Trim(), now))
        {
            return new Refusal("no_review", order);
        }

        Audit.Write(unit, now, "review close", string.Create(CultureInfo.InvariantCulture, $"order {order}"), note.Trim());
        return order;
    }
}
