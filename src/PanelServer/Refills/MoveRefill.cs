using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;

namespace PanelServer.Refills;

/// <summary>Moves a refill, as reported by the provider or person that fulfils it.</summary>
internal sealed class MoveRefill(WriteQueue writes, TimeProvider clock)
{
    public Task<Result<RefillStatus>> RunAsync(ActorContext actor, int id, RefillStatus to)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(actor, unit => Move(unit, id, to, actor.Kind, now));
    }

    /// <summary>Moves a refill inside a unit. Who takes it in hand takes it from the provider.</summary>
    public static Result<RefillStatus> Move(UnitOfWork unit, int id, RefillStatus to, Actor actor, long now)
    {
        var refill = unit.Db.Refills.FirstOrDefault(row => row.Id == id);
        if (refill is null)
        {
            return new Refusal("unknown_refill", id);
        }

        if (!RefillLifecycle.Table.Allows(refill.Status, to, actor))
        {
            return new Refusal("illegal_move.refill", id, StatusNames.Of(refill.Status), StatusNames.Of(to));
        }

        unit.Db.Refills
            .Where(row => row.Id == id && row.Status == refill.Status)
            .ExecuteUpdate(row => row
                .SetProperty(r => r.Status, to)
                .SetProperty(r => r.UpdatedAt, now));
        if (RefillLifecycle.Table.IsFinal(to))
        {
            unit.Reviews.Close(refill.OrderId, [ReviewKind.Refill, ReviewKind.Unheard], string.Create(CultureInfo.InvariantCulture, $"ended by itself: refill {id} is {StatusNames.Of(to)}"), now);
        }

        if (actor == Actor.Operator || RefillLifecycle.Table.IsFinal(to))
        {
            unit.Due.Remove(WorkKind.Refill, id);
            unit.Due.Remove(WorkKind.SendRefill, id);
        }

        if (actor == Actor.Operator)
        {
            Audit.Write(
                unit,
                now,
                VerbOf(to),
                string.Create(CultureInfo.InvariantCulture, $"refill {id}"),
                string.Create(CultureInfo.InvariantCulture, $"of order {refill.OrderId}, {StatusNames.Of(refill.Status)} → {StatusNames.Of(to)}"));
        }

        return to;
    }

    private static string VerbOf(RefillStatus to) => to switch
    {
        RefillStatus.InProgress => "refill start",
        RefillStatus.Completed => "refill complete",
        RefillStatus.Rejected => "refill reject",
        _ => "refill error",
    };
}
