using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;

namespace PanelServer.Queries;

/// <summary>Who has an order at a provider: its name, the id there, and what it costs.</summary>
internal sealed record OrderProvider(string Provider, string? UpstreamId, Money? Cost);

/// <summary>Which providers have which orders.</summary>
internal static class OrderProviders
{
    /// <summary>Those of some orders that a provider has, had to the end, or may have.</summary>
    public static async Task<Dictionary<int, OrderProvider>> ReadAsync(PanelDb db, IReadOnlyList<int> orders)
    {
        var found = new Dictionary<int, OrderProvider>();
        foreach (var part in orders.Chunk(Bulk.UnitIds))
        {
            var rows = await db.Submissions
                .Where(row => row.Kind == SubmissionKind.Order && part.Contains(row.Subject)
                    && (row.Outcome == SubmissionOutcome.Accepted || row.Outcome == SubmissionOutcome.UnderWay || row.Outcome == SubmissionOutcome.Unknown))
                .Join(db.Providers, sending => sending.ProviderId, provider => provider.Id, (sending, provider) => new { sending, provider.Name })
                .ToListAsync();
            rows.ForEach(row => found[row.sending.Subject] = new(row.Name, row.sending.UpstreamId, row.sending.Cost));
        }

        return found;
    }

    /// <summary>Orders that no provider has in hand, nor any of their runs.</summary>
    public static IQueryable<OrderRow> InNoHand(PanelDb db, IQueryable<OrderRow> orders)
    {
        var ended = Enum.GetValues<OrderStatus>().Where(OrderLifecycle.IsFinal).ToList();
        return orders.Where(row => !db.Orders.Any(one => (one.Id == row.Id || (one.ParentId == row.Id && row.Runs != null))
            && !ended.Contains(one.Status)
            && db.Submissions.Any(sending => sending.Kind == SubmissionKind.Order && sending.Subject == one.Id && sending.Outcome == SubmissionOutcome.Accepted)));
    }

    /// <summary>Why an order is left out of a change of many, inside a unit; null when no provider has it in hand.</summary>
    public static Refusal? InHand(UnitOfWork unit, int id)
    {
        if (unit.Orders.Find(id) is not { } order || OrderLifecycle.IsFinal(order.Status))
        {
            return null;
        }

        if (order.Kind == OrderKind.DripFeed)
        {
            return InNoHand(unit.Db, unit.Db.Orders.Where(row => row.Id == id)).Any() ? null : OrderRefusal.RunsInHand(id);
        }

        return unit.Submissions.Live(SubmissionKind.Order, id) is { Outcome: SubmissionOutcome.Accepted } sending
            ? OrderRefusal.InHand(id, unit.Submissions.NameOf(sending.Provider), sending.UpstreamId)
            : null;
    }
}
