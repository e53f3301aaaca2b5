using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;

namespace PanelServer.Orders;

/// <summary>
/// An operator holds a drip-feed's next runs back, or lets them go on. A run that has become due meanwhile starts at once,
/// and the others follow it at their interval.
/// </summary>
internal sealed class PauseRuns(WriteQueue writes, TimeProvider clock)
{
    public Task<Result<int>> PauseAsync(ActorContext actor, int order) => HoldAsync(actor, order, held: true);

    public Task<Result<int>> ResumeAsync(ActorContext actor, int order) => HoldAsync(actor, order, held: false);

    private Task<Result<int>> HoldAsync(ActorContext actor, int id, bool held)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Hold(unit, id, held, now));
    }

    private static Result<int> Hold(UnitOfWork unit, int id, bool held, long now)
    {
        if (unit.Orders.Find(id) is not { } order)
        {
            return OrderRefusal.Unknown(id);
        }

        if (order.Kind != OrderKind.DripFeed)
        {
            return new Refusal("no_drip_feed", id);
        }

        if (!held && HeldOrders.IsHeld(unit, id))
        {
            return HeldOrders.StillHeld(id);
        }

        if (!unit.Due.Hold(WorkKind.Run, id, held))
        {
            return new Refusal(held ? "illegal_move.no_run_to_pause" : "illegal_move.not_paused", id);
        }

        var next = unit.Db.Due.Single(row => row.Kind == WorkKind.Run && row.Subject == id);
        if (!held && next.At < now)
        {
            unit.Due.Set(WorkKind.Run, id, id, now);
        }

        Audit.Write(unit, now, held ? "order pause" : "order resume", string.Create(CultureInfo.InvariantCulture, $"order {id}"), "");
        return id;
    }
}
