using PanelServer.Catalogue;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Orders;

namespace PanelServer.ResellerApi.Actions;

/// <summary><c>add</c>: text into an order of a service, charged and placed.</summary>
internal sealed class AddAction(CurrentCatalogue catalogue, CurrentLinkBlocks blocks, PlaceOrder placeOrder, TimeProvider clock) : IContractAction
{
    public const string Name = "add";

    public bool IsRead => false;

    public async ValueTask<ApiResponse> RunAsync(Call call)
    {
        if (!Read(call).Try(out var order, out var refusal))
        {
            return new Failure(refusal);
        }

        var once = await placeOrder.RunAsync(call.Caller.Actor, order, call.Retry, placed => call.Keep(AnswerOf(placed)));
        return Call.Of(once, AnswerOf);
    }

    private static ApiResponse AnswerOf(Result<int> placed) =>
        placed.Try(out var order, out var refusal) ? new OrderAccepted(order) : new Failure(refusal);

    private Result<OrderToPlace> Read(Call call)
    {
        if (!WireText.TryId(call.Form.Text("service"), out var id) || catalogue.Get().Sold(id) is not { } service)
        {
            return Refusal.IncorrectService;
        }

        // Before everything else of the order is read: a link is the first that an order is judged by.
        var target = service.Type == ServiceType.Subscriptions ? OrderField.Username : OrderField.Link;
        var block = blocks.Get().Of(call.Form.Text(target.Name));
        if (block is { Kind: LinkBlockKind.Ban })
        {
            return target == OrderField.Link ? Refusal.IncorrectLink : Refusal.IncorrectField(target.Name);
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return OrderReader.Read(service, call.Form.Text, today).Try(out var details, out var refusal)
            ? new OrderToPlace(call.Caller.Reseller, service, call.Caller.Prices.RateOf(service), details) { HeldBy = service.Type == ServiceType.Subscriptions ? null : block?.Pattern.Text }
            : refusal;
    }
}
