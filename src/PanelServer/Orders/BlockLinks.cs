using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Orders;

/// <summary>What an operator does with links: bans them, holds their orders, and lifts that again. Felt by the next call.</summary>
internal sealed class BlockLinks(WriteQueue writes, CurrentLinkBlocks blocks, TimeProvider clock)
{
    /// <summary>Orders let go on in one unit.</summary>
    private const int FreedAtOnce = 500;

    /// <summary>Bans links, or holds their orders; a block with the same pattern is replaced.</summary>
    public async Task<Result<LinkBlock>> BlockAsync(ActorContext actor, LinkBlockKind kind, string text, string note)
    {
        if (LinkPattern.Parse(text, out var why) is not { } pattern)
        {
            return why!;
        }

        note = note.Trim();
        if (note.Length > 0 && !WireText.IsLine(note, Limits.TextLength, Joiners.WhereTheyJoin))
        {
            return new Refusal("incorrect_text.note", Limits.TextLength, HiddenCharacters.Describe(note, Joiners.WhereTheyJoin));
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await writes.RunAsync<Result<LinkBlock>>(actor, unit =>
        {
            unit.Db.LinkBlocks.Where(row => row.Pattern == pattern.Text).ExecuteDelete();
            if (unit.Db.LinkBlocks.Count() >= Limits.LinkBlocks)
            {
                return new Refusal("too_many_link_blocks", Limits.LinkBlocks);
            }

            unit.Db.LinkBlocks.Add(new LinkBlockRow { Kind = kind, Pattern = pattern.Text, Note = note, CreatedAt = now });
            Audit.Write(unit, now, kind == LinkBlockKind.Ban ? "link ban" : "link hold", $"link {pattern.Text}", note);
            return new LinkBlock(kind, pattern);
        });
        blocks.Forget();
        return done;
    }

    /// <summary>Lifts a ban or a hold, and lets the orders go on that it held.</summary>
    /// <returns>How many orders go on.</returns>
    public async Task<Result<int>> FreeAsync(ActorContext actor, string text)
    {
        text = text.Trim();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var lifted = await writes.RunAsync(actor, unit =>
        {
            var found = unit.Db.LinkBlocks.Where(row => row.Pattern == text).ExecuteDelete() > 0;
            if (found)
            {
                Audit.Write(unit, now, "link free", $"link {text}", "");
            }

            return found;
        });
        blocks.Forget();
        if (!lifted)
        {
            return new Refusal("unknown_link_block", text);
        }

        var (freed, looked) = (0, FreedAtOnce);
        while (looked == FreedAtOnce)
        {
            (looked, var waited) = await writes.RunAsync(actor, unit =>
            {
                var orders = unit.Db.LinkHolds.Where(row => row.FreedAt == null && row.Pattern == text)
                    .OrderBy(row => row.OrderId).Take(FreedAtOnce).Select(row => row.OrderId).ToList();
                return (orders.Count, HeldOrders.Free(unit, orders, now));
            });
            freed += waited;
        }

        return freed;
    }

    /// <summary>Lets one order go on; what held it stays for others.</summary>
    public Task<Result<int>> FreeOrderAsync(ActorContext actor, int order)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<int>>(actor, unit =>
        {
            if (unit.Orders.Find(order) is null)
            {
                return OrderRefusal.Unknown(order);
            }

            if (!HeldOrders.IsHeld(unit, order))
            {
                return new Refusal("not_held", order);
            }

            HeldOrders.Free(unit, [order], now);
            Audit.Write(unit, now, "link free", string.Create(CultureInfo.InvariantCulture, $"order {order}"), "");
            return order;
        });
    }
}
