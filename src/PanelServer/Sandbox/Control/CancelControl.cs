using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Lifecycles;
using PanelServer.Orders;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/cancels</c>: plays the provider's answer to an order's open cancel request.</summary>
internal sealed class CancelControl(WriteQueue writes, TimeProvider clock)
{
    public async Task<ControlAnswer> AnswerAsync(ControlRequest request)
    {
        var body = request.Body;
        var (accept, remains) = (body.Flag("accept") ?? body.Missing<bool>("accept"), body.Integer("remains"));
        if (body.End() is { } wrong)
        {
            return wrong;
        }

        if (!OrderControl.TryId(request.Name, out var id, out var unknown))
        {
            return unknown;
        }

        if (!accept && remains is not null)
        {
            return new Refusal("incorrect_body", "remains belongs to an accepted request: a refused one leaves the order as it is");
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await writes.RunAsync(request.Actor, unit => Answer(unit, id, accept, remains, now));
    }

    private static ControlAnswer Answer(UnitOfWork unit, int id, bool accept, long? remains, long now)
    {
        if (!unit.Db.Orders.Any(row => row.Id == id))
        {
            return OrderRefusal.Unknown(id);
        }

        var refusal = accept
            ? AnswerCancel.Accept(unit, id, remains, Actor.Provider, now).Refusal
            : AnswerCancel.Refuse(unit, id, Actor.Provider, now).Refusal;
        if (refusal is not null)
        {
            return refusal;
        }

        unit.Due.Remove(WorkKind.Cancel, id);
        return OrderControl.StateOf(unit, id);
    }
}
