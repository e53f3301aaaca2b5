using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Cancels;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Jobs;
using PanelServer.Orders;
using PanelServer.Refills;

namespace PanelServer.Providers.Simulated;

/// <summary>
/// A provider that delivers nothing and says so as if it did: to each order what its link chooses, at known times. It
/// names the time of its next word, so nobody polls it.
/// </summary>
internal static class SimulatedProvider
{
    /// <summary>Orders told about in one unit.</summary>
    private const int ReportUnit = 256;

    /// <summary>Says how far the orders are whose remains fall little by little, as of now.</summary>
    public static async Task ReportProgressAsync(WriteQueue writes, long now)
    {
        for (int? after = 0; after is not null;)
        {
            after = await writes.RunAsync(ActorContext.System, unit => ReportProgress(unit, after.Value, now));
        }
    }

    /// <returns>The last order told about; null when there are no more.</returns>
    private static int? ReportProgress(UnitOfWork unit, int after, long now)
    {
        var orders = unit.Db.Orders
            .Where(row => row.Id > after && row.Status == OrderStatus.InProgress && EF.Functions.Like(row.Link!, SimulatedOutcome.Pattern))
            .Where(row => unit.Db.Due.Any(due => due.Kind == WorkKind.Order && due.Subject == row.Id))
            .OrderBy(row => row.Id)
            .Take(ReportUnit)
            .ToList();
        foreach (var order in orders.Where(order => SimulatedOutcome.Of(order.Link).IsSlow))
        {
            Say(unit, order, now);
        }

        return orders.Count < ReportUnit ? null : orders[^1].Id;
    }

    private static void Say(UnitOfWork unit, OrderRow order, long now)
    {
        var (status, remains, startCount) = SimulatedOutcome.Of(order.Link).At(now - order.CreatedAt, order.Quantity);
        ApplyProviderStatus.Apply(unit, order, new(status, remains, startCount), now);
    }

    /// <summary>The provider's next word on an order.</summary>
    internal sealed class OrderJob : IJob
    {
        public long? Run(UnitOfWork unit, ScheduledWork due, long now)
        {
            var order = unit.Orders.Find(due.Order)!;
            if (OrderLifecycle.IsFinal(order.Status))
            {
                return null;
            }

            var fate = SimulatedOutcome.Of(order.Link);
            if (fate.IsUnknown)
            {
                unit.Db.Orders
                    .Where(row => row.Id == order.Id)
                    .ExecuteUpdate(row => row.SetProperty(o => o.Stage, OrderStage.Submitted));
                ManualReviews.Open(unit, order.Id, ReviewKind.Sending, new("review.lost"), now);
                return null;
            }

            Say(unit, order, now);
            return order.CreatedAt + fate.NextAfter(now - order.CreatedAt);
        }
    }

    /// <summary>The provider's next word on a refill: begun at the first, done two minutes later.</summary>
    internal sealed class RefillJob : IJob
    {
        private static readonly long Work = (long)TimeSpan.FromMinutes(2).TotalMilliseconds;

        public long? Run(UnitOfWork unit, ScheduledWork due, long now)
        {
            var isNew = unit.Db.Refills.Single(row => row.Id == due.Subject).Status == RefillStatus.Pending;
            MoveRefill.Move(unit, due.Subject, isNew ? RefillStatus.InProgress : RefillStatus.Completed, Actor.Provider, now);
            return isNew ? due.At + Work : null;
        }
    }

    /// <summary>The provider's answer to a cancel request: yes, with what remains at that instant.</summary>
    internal sealed class CancelJob : IJob
    {
        public long? Run(UnitOfWork unit, ScheduledWork due, long now)
        {
            var order = unit.Orders.Find(due.Order)!;
            var isInScript = unit.Due.IsSet(WorkKind.Order, due.Order);
            var remains = isInScript
                ? SimulatedOutcome.Of(order.Link).At(now - order.CreatedAt, order.Quantity).Remains
                : order.Remains;
            return AnswerCancel.Accept(unit, order, remains, Actor.Provider, now).Try(out _, out var refusal)
                ? null
                : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"order {due.Order}: {refusal.Code}"));
        }
    }
}
