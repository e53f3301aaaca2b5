using System.Numerics;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Polling;
using PanelServer.Tests.Providers.Catalogue;
using static PanelServer.Tests.Providers.Catalogue.SellingPanel;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>
/// No order is sent where it costs more than it brings. Whatever happens to costs and prices in whatever order, each order that
/// is claimed for a provider is measured again, by other arithmetic and from the stored rows alone.
/// </summary>
public sealed class NeverBelowCostTests
{
    private const int Steps = 250;

    private static readonly string[] Rates_ = ["0.10", "0.50", "0.55", "1.00", "1.20", "5.00", "500", "9000000"];

    [Theory]
    [InlineData(1, "1")]
    [InlineData(2, "1")]
    [InlineData(3, "25000")]
    [InlineData(4, "0.027")]
    [InlineData(5, "1")]
    [InlineData(6, "1.07")]
    public async Task No_order_is_sent_where_it_costs_more_than_was_paid(int seed, string exchange)
    {
#pragma warning disable CA5394 // The same seed plays the same.
        var random = new Random(seed);
        string AnyRate() => Rates_[random.Next(Rates_.Length)];
        Assert.True(Domain.Providers.ExchangeRate.TryParse(exchange, out var rate));
        await using var panel = await OpenAsync(exchange == "1" ? "USD" : "EUR", rate.Units);
        var open = panel.Panel;
        await panel.MarkupAsync("10%");
        await panel.ImportAsync(Listing(Theirs("1", "0.50"), Theirs("2", "0.50")));
        await open.ManageResellers.AddAsync(Actors.Operator, "shop", new(1_000_000_000L * Money.UnitsPerOne));
        await open.ManageRoutes.EditAsync(Actors.Operator, 1, new() { Multiplier = "1.1" });
        var (sent, held) = (0, 0);
        for (var step = 0; step < Steps; step++)
        {
            var service = random.Next(1, 3);
            var theirs = Listing(Theirs("1", AnyRate()), Theirs("2", AnyRate()));
            switch (random.Next(10))
            {
                case 0:
                    await open.WatchServices.RunAsync(ActorContext.System, panel.Provider, theirs);
                    break;
                case 1:
                    await panel.TrySyncAsync(theirs, new() { AcceptJumps = random.Next(2) == 0 });
                    break;
                case 2:
                    await open.ManageServices.EditAsync(Actors.Operator, service, new() { Rate = AnyRate() });
                    break;
                case 3:
                    await ChargedAsync(panel, random);
                    break;
                case 4:
                    await open.ManageRoutes.UnlockAsync(Actors.Operator, service);
                    break;
                case 5:
                    await open.ManageRoutes.EditAsync(Actors.Operator, service, new() { Multiplier = random.Next(2) == 0 ? "1.1" : "1" });
                    break;
                case <= 8:
                    var listed = panel.Service(service);
                    await open.PlaceOrder.RunAsync(
                        Actors.Reseller,
                        new(1, listed with { Provider = panel.Provider }, listed.Rate, new OrderDetails { Link = $"https://example.com/{step}", Quantity = random.Next(1, 300) }),
                        null,
                        _ => null);
                    break;
                default:
                    var (claimed, waits) = await ClaimAllAsync(panel);
                    (sent, held) = (sent + claimed, held + waits);
                    break;
            }
        }

        Assert.True(sent > 0 && held > 0, $"sent {sent}, held {held}: too little was tried");
    }

    /// <summary>The provider says what it charged for one of its orders.</summary>
    private static Task<int> ChargedAsync(SellingPanel panel, Random random) => panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
    {
        if (unit.Db.Submissions.OrderByDescending(row => row.Id).FirstOrDefault() is not { } sending)
        {
            return 0;
        }

        var order = unit.Orders.Find(sending.OrderId)!;
        SeenCost.Charged(
            unit,
            panel.Panel.Upstream.All()[0],
            new(new(WorkKind.Order, order.Id, order.Id, 0, 0), sending.Id, "x", sending.Quantity, sending.UpstreamService, sending.StartedAt),
            new UpstreamOrder { Status = Domain.Orders.OrderStatus.InProgress, Charge = random.Next(1, 1_000_000_000), ChargeDecimals = 5 },
            order,
            1);
        return 1;
    });
#pragma warning restore CA5394

    /// <summary>Claims all that waits for the provider; measures each that is to be sent.</summary>
    private static Task<(int Sent, int Held)> ClaimAllAsync(SellingPanel panel) => panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
    {
        var (sent, held) = (0, 0);
        foreach (var due in unit.Db.Due.Where(row => row.Kind == WorkKind.Send).ToList())
        {
            var claimed = new SubmitOrder().Claim(unit, new(due.Kind, due.Subject, due.OrderId, due.At, due.Attempts), panel.Provider, 1);
            if (claimed is null)
            {
                held++;
                continue;
            }

            sent++;
            var sending = unit.Db.Submissions.Single(row => row.Id == claimed.Id);
            var order = unit.Orders.Find(claimed.Order)!;
            var route = unit.Db.Routes.Single(row => row.ServiceId == order.ServiceId);
            var exchange = unit.Db.Providers.Single().Exchange;

            // Cost in 1e-8 of the provider's currency, times the exchange rate in 1e-8, of 1000; paid in 1e-5 of the panel's.
            var costs = new BigInteger(route.SeenCost!.Value.Units) * exchange * sending.Quantity;
            var paid = new BigInteger(order.Charge.Units) * 1_000 * 1_000 * Domain.Providers.ExchangeRate.One;
            Assert.True(costs <= paid, $"order {order.Id} of {order.Quantity} paid {order.Charge}, asks for {sending.Quantity} at {route.SeenCost} there");
        }

        return (sent, held);
    });
}
