using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Orders;

namespace PanelServer.ResellerApi.Actions;

/// <summary><c>status</c>: how one order stands, or many.</summary>
internal sealed class StatusAction(ReadOrders orders, PanelIdentity panel) : IContractAction
{
    public const string Name = "status";

    public bool IsRead => true;

    public ValueTask<ApiResponse> RunAsync(Call call) => ValueTask.FromResult(Read(call));

    private ApiResponse Read(Call call)
    {
        var reseller = call.Caller.Reseller;
        var (one, many) = AskedIds.In(call.Form, "order", "orders");
        if (one is not null)
        {
            return WireText.TryId(one, out var id) && orders.One(reseller, id) is { } order
                ? new OrderState(order, panel.Currency)
                : new Failure(Refusal.IncorrectOrder);
        }

        if (!Batch.Read(many, Refusal.IncorrectOrder).Try(out var batch, out var refusal))
        {
            return new Failure(refusal);
        }

        var found = orders.Many(reseller, batch.Known);
        return new OrderStates(
            batch.Outcomes<OrderView>(id => found.TryGetValue(id, out var order) ? order : Refusal.IncorrectOrder),
            panel.Currency);
    }
}
