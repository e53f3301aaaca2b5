using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;

namespace PanelServer.Orders;

/// <summary>Orders that a person must look at: something was said of them that cannot be. At most one review is open for each.</summary>
internal sealed class Reviews(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Opens a review inside a unit; a further word on an order under review joins it.</summary>
    public static void Open(Writer writer, int order, string said, long now)
    {
        var joined = writer.Db.Reviews
            .Where(row => row.OrderId == order && row.ClosedAt == null)
            .ExecuteUpdate(row => row.SetProperty(review => review.Said, said));
        if (joined == 0)
        {
            writer.Db.Reviews.Add(new ReviewRow { OrderId = order, Said = said, OpenedAt = now });
            writer.Save();
        }
    }

    /// <summary>Closes the open review of an order, with what was found.</summary>
    public Task<Result<int>> CloseAsync(int order, string note)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<int>>(writer =>
        {
            if (!WireText.IsLine(note.Trim(), Limits.TextLength))
            {
                return new Refusal("incorrect_text", $"a note is one line of 1 to {Limits.TextLength} characters");
            }

            var closed = writer.Db.Reviews
                .Where(row => row.OrderId == order && row.ClosedAt == null)
                .ExecuteUpdate(row => row
                    .SetProperty(review => review.ClosedAt, now)
                    .SetProperty(review => review.Note, note.Trim()));
            if (closed == 0)
            {
                return new Refusal("no_review", string.Create(CultureInfo.InvariantCulture, $"order {order} has no open review"));
            }

            Audit.Write(writer, now, "review close", string.Create(CultureInfo.InvariantCulture, $"order {order}"), note.Trim());
            return order;
        });
    }
}
