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
            return new Refusal("control", "remains belongs to an accepted request: a refused one leaves the order as it is");
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await writes.RunAsync(request.Actor, unit => Answer(unit, id, accept, remains, now));
    }

    private static ControlAnswer Answer(UnitOfWork unit, int id, bool accept, long? remains, long now)
    {
        if (unit.Orders.Find(id) is not { } order)
        {
            return OrderRefusal.Unknown(id);
        }

        if (!accept)
        {
            return AnswerCancel.Refuse(unit, id, Actor.Provider, now).Try(out _, out var kept) ? OrderControl.StateOf(order) : kept;
        }

        if (!AnswerCancel.Accept(unit, order, remains, Actor.Provider, now).Try(out var after, out var refusal))
        {
            return refusal;
        }

        unit.Due.Remove(WorkKind.Cancel, id);
        return OrderControl.StateOf(after);
    }
}
