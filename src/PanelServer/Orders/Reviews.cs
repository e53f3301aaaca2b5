using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Orders;

/// <summary>Orders that a person must look at: something was said of them that cannot be. At most one review is open for each.</summary>
internal sealed class Reviews(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Opens a review inside a unit; a further word on an order under review joins it.</summary>
    public static void Open(Writer writer, int order, string said, long now)
    {
        // A provider may repeat itself with each answer: the same again is not written again.
        var open = writer.Db.Reviews.Where(row => row.OrderId == order && row.ClosedAt == null);
        if (!open.Any(row => row.Said == said) && open.ExecuteUpdate(row => row.SetProperty(review => review.Said, said)) == 0)
        {
            writer.Db.Reviews.Add(new ReviewRow { OrderId = order, Said = said, OpenedAt = now });
            writer.Save();
            writer.Tell(string.Create(CultureInfo.InvariantCulture, $"Order {order} is to be looked at: {said}"));
        }
    }

    /// <summary>Closes the open review of an order inside a unit.</summary>
    /// <returns>False when there was none.</returns>
    public static bool Close(Writer writer, int order, string note, long now) => writer.Db.Reviews
        .Where(row => row.OrderId == order && row.ClosedAt == null)
        .ExecuteUpdate(row => row
            .SetProperty(review => review.ClosedAt, now)
            .SetProperty(review => review.Note, note)) > 0;

    /// <summary>Closes the open review of an order, with what was found.</summary>
    public Task<Result<int>> CloseAsync(int order, string note)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<int>>(writer =>
        {
            if (!WireText.IsLine(note.Trim(), Limits.TextLength, Joiners.WhereTheyJoin))
            {
                return new Refusal("incorrect_text", $"a note is one line of 1 to {Limits.TextLength} characters{HiddenCharacters.Told(note, Joiners.WhereTheyJoin)}");
            }

            if (writer.Sendings.Live(SendingKind.Order, order) is { Outcome: SendingOutcome.Unknown }
                && writer.Orders.Find(order) is { } row && !OrderLifecycle.IsFinal(row.Status))
            {
                return new Refusal(
                    "sending_unknown",
                    string.Create(CultureInfo.InvariantCulture, $"a provider may have order {order}: link, resend or refund it, that closes the review"));
            }

            if (!Close(writer, order, note.Trim(), now))
            {
                return new Refusal("no_review", string.Create(CultureInfo.InvariantCulture, $"order {order} has no open review"));
            }

            Audit.Write(writer, now, "review close", string.Create(CultureInfo.InvariantCulture, $"order {order}"), note.Trim());
            return order;
        });
    }
}
