using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers.Polling;

/// <summary>
/// What a provider charged for an order shows what its service costs, whatever its catalogue lists. Only what is certain is
/// taken: a charge may be rounded up to its last decimal, and one of an order that was paid back says nothing.
/// </summary>
internal static class SeenCost
{
    /// <summary>Charges with fewer decimals were not rounded to them: programs leave needless zeros away.</summary>
    private const int MinDecimals = 2;

    private const long PerThousand = 1_000;

    /// <summary>Takes the charge of an order inside a unit; routes that cost too much by it are locked.</summary>
    public static void Charged(UnitOfWork unit, ProviderView provider, PollDue poll, UpstreamOrder said, OrderRow order, long now)
    {
        if (said.Status is OrderStatus.Canceled or OrderStatus.Partial || poll.UpstreamService is not { } service
            || LeastRate(said, poll.Quantity, ServiceType.Of(order.Type).Flat) is not { } rate
            || !unit.Routes.Charged(new(provider.Id, service), rate, poll.SentAt))
        {
            return;
        }

        foreach (var ours in unit.Db.Routes
            .Where(row => row.ProviderId == provider.Id && row.UpstreamService == service)
            .Select(row => row.ServiceId).Distinct().ToList())
        {
            MarginGuard.Locked(unit, ours, now);
        }
    }

    /// <summary>The least rate that rounds up to a charge; null when the charge says nothing.</summary>
    private static Rate? LeastRate(UpstreamOrder said, long quantity, bool isFlat)
    {
        var last = 1L;
        for (var decimals = Math.Max(said.ChargeDecimals, MinDecimals); decimals < Rate.Decimals; decimals++)
        {
            last *= 10;
        }

        var least = (said.Charge ?? 0) - last;
        if (least <= 0 || quantity <= 0)
        {
            return null;
        }

        // A rate that is more than can be kept is above every price, and so is the greatest one that can be.
        return new(isFlat ? least : (long)Int128.Min((Int128)least * PerThousand / quantity, long.MaxValue));
    }
}
