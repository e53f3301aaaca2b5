using PanelServer.Catalogue;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Orders;

namespace PanelServer.Contract.Actions;

/// <summary><c>add</c>: text into an order of a service, charged and placed.</summary>
internal sealed class AddAction(CurrentCatalogue catalogue, PlaceOrder placeOrder, TimeProvider clock) : IContractAction
{
    public const string Name = "add";

    public bool IsRead => false;

    public async ValueTask<Answer> RunAsync(Call call)
    {
        if (!Read(call).Try(out var order, out var refusal))
        {
            return new Failure(refusal);
        }

        var once = await placeOrder.RunAsync(order, call.Retry, placed => call.Keep(AnswerOf(placed)));
        return Call.Of(once, AnswerOf);
    }

    private static Answer AnswerOf(Result<int> placed) =>
        placed.Try(out var order, out var refusal) ? new OrderAccepted(order) : new Failure(refusal);

    private Result<OrderToPlace> Read(Call call)
    {
        if (!WireText.TryId(call.Form.Text("service"), out var id) || catalogue.Get().Sold(id) is not { } service)
        {
            return Refusal.IncorrectService;
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return OrderReader.Read(service, call.Form.Text, today).Try(out var details, out var refusal)
            ? new OrderToPlace(call.Caller.Reseller, service, call.Caller.Prices.RateOf(service), details)
            : refusal;
    }
}
