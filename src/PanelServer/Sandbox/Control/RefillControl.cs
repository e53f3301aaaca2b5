using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Refills;
using PanelServer.Refills;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/refills</c>: plays the provider for one refill. What was played leaves its script.</summary>
internal sealed class RefillControl(WriteQueue writes, TimeProvider clock)
{
    private static readonly RefillStatus[] States = Enum.GetValues<RefillStatus>();

    public async Task<ControlAnswer> PlayAsync(ControlRequest request)
    {
        var status = request.Body.Word("status", States, StatusNames.Of) ?? request.Body.Missing<RefillStatus>("status");
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        if (!WireText.TryId(request.Name, out var id))
        {
            return new Refusal("unknown_refill", ControlBody.Shown(request.Name));
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await writes.RunAsync(request.Actor, unit => Play(unit, id, status, now));
    }

    private static ControlAnswer Play(UnitOfWork unit, int id, RefillStatus status, long now)
    {
        if (MoveRefill.Move(unit, id, status, Actor.Provider, now).Refusal is { } refusal)
        {
            return refusal;
        }

        unit.Due.Remove(WorkKind.Refill, id);
        var refill = unit.Db.Refills.Single(row => row.Id == id);
        return ControlAnswer.Done(new { refill.Id, Order = refill.OrderId, Status = StatusNames.Of(refill.Status) });
    }
}
