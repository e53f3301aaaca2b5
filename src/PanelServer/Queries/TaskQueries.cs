using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Cancels;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Orders;
using PanelServer.Providers;

namespace PanelServer.Queries;

/// <summary>Something that waits for a person.</summary>
/// <param name="Kind">What waits.</param>
/// <param name="Id">The refill of a refill, the alert of an alert, the provider of a provider, the service of a service, the order of everything else.</param>
/// <param name="Order">The order it is about; 0 for none.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when it waits: when it was asked for, or when it came to wait. Unix milliseconds.</param>
internal sealed record WaitingTask(string Kind, int Id, int Order, string State, long Since);

/// <summary>
/// Everything that waits for a person, the longest waiting first. What a provider has in hand, and what goes on by itself, is
/// no task.
/// </summary>
internal static class TaskQueries
{
    /// <summary>How long an order may wait for a provider without anybody being told.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromHours(1);

    /// <summary>How long a provider is tried by itself that is paused for strange answers.</summary>
    private static readonly TimeSpan StrangeTooLong = TimeSpan.FromHours(24);

    /// <summary>What waits, the longest first.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="most">Rows at the most.</param>
    public static async Task<List<WaitingTask>> ListAsync(PanelDb db, long now, int most)
    {
        List<WaitingTask> waiting =
        [
            .. await OrdersAsync(db, most),
            .. await UnsentAsync(db, now, most),
            .. await RefillsAsync(db, most),
            .. await CancelsAsync(db, most),
            .. await ReviewsAsync(db, most),
            .. await AlertsAsync(db, most),
            .. await StrangeAsync(db, now, most),
            .. Undeliverable.Of(db).Take(most).Select(one => new WaitingTask("service", one.Service, 0, $"nobody can deliver {one.Name}: {one.Why}", one.Since)),
            .. await HeldAsync(db, most),
            .. await PausedRunsAsync(db, most),
            .. await PausedSubscriptionsAsync(db, most),
        ];
        return [.. waiting.OrderBy(task => task.Since).ThenBy(task => task.Order).Take(most)];
    }

    /// <summary>The panel's time: a sandbox's stands in its database.</summary>
    public static async Task<long> NowAsync(PanelDb db) =>
        await db.Panel.Select(row => row.Clock).FirstAsync() ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Ids rise with time: so the table is read from its beginning, and only until there are enough.</summary>
    private static async Task<IEnumerable<WaitingTask>> OrdersAsync(PanelDb db, int most) =>
        from row in await db.Orders
            .Where(row => row.Status < OrderStatus.Completed && row.Runs == null)
            .Where(row => !db.Due.Any(due => (due.Kind == WorkKind.Order || due.Kind == WorkKind.Send) && due.Subject == row.Id))
            .Where(row => !db.LinkHolds.Any(hold => hold.OrderId == row.Id && hold.FreedAt == null))
            .Where(row => row.Status != OrderStatus.Pending || row.Stage == OrderStage.Queued
                || !db.Submissions.Any(sending => sending.Kind == SubmissionKind.Order && sending.Subject == row.Id
                    && (sending.Outcome == SubmissionOutcome.UnderWay || sending.Outcome == SubmissionOutcome.Unknown)))
            .OrderBy(row => row.Id).Take(most).ToListAsync()
        select new WaitingTask("order", row.Id, row.Id, StatusNames.Of(row.Status), row.CreatedAt);

    /// <summary>
    /// What waits for a provider is no task until it has waited long: then somebody should know. What a provider has put off
    /// in words is listed with them.
    /// </summary>
    private static async Task<IEnumerable<WaitingTask>> UnsentAsync(PanelDb db, long now, int most)
    {
        var longAgo = now - (long)LongWait.TotalMilliseconds;
        var putOff = db.Submissions.Where(row => row.Kind == SubmissionKind.Order && row.Outcome == SubmissionOutcome.Deferred);
        var rows = await db.Due.Where(row => row.Kind == WorkKind.Send && !row.Held)
            .Join(db.Orders, due => due.Subject, order => order.Id, (due, order) => new { order.Id, order.CreatedAt, due.ProviderId })
            .Where(row => row.CreatedAt < longAgo || putOff.Any(sending => sending.Subject == row.Id))
            .OrderBy(row => row.Id).Take(most)
            .Select(row => new
            {
                row.Id,
                row.CreatedAt,
                Words = putOff.Where(sending => sending.Subject == row.Id).OrderByDescending(sending => sending.Id).Select(sending => sending.Reason).FirstOrDefault(),
                Provider = db.Providers.Where(provider => provider.Id == row.ProviderId).Select(provider => provider.Name).FirstOrDefault(),
            })
            .ToListAsync();
        return rows.Select(row => new WaitingTask(
            "send", row.Id, row.Id, row.Words is null ? "waits for a provider that can be used" : $"put off by a provider, waits for {row.Provider}: {row.Words}", row.CreatedAt));
    }

    /// <summary>A provider that stays paused for strange answers, however often it was tried.</summary>
    private static async Task<IEnumerable<WaitingTask>> StrangeAsync(PanelDb db, long now, int most)
    {
        var longAgo = now - (long)StrangeTooLong.TotalMilliseconds;
        return from row in await db.Providers.Where(row => row.Paused == Pause.Strange && row.PausedAt < longAgo).OrderBy(row => row.Id).Take(most).ToListAsync()
               select new WaitingTask("provider", row.Id, 0, $"provider {row.Name} was tried for a day and takes no order: see its alert; `panelserver provider word` says what it means, `order cancel` pays back", row.PausedAt!.Value);
    }

    private static async Task<IEnumerable<WaitingTask>> RefillsAsync(PanelDb db, int most) =>
        from row in await db.Refills
            .Where(row => row.Status == RefillStatus.Pending || row.Status == RefillStatus.InProgress)
            .Where(row => !db.Due.Any(due => (due.Kind == WorkKind.Refill || due.Kind == WorkKind.SendRefill) && due.Subject == row.Id))
            .OrderBy(row => row.Id).Take(most).ToListAsync()
        select new WaitingTask("refill", row.Id, row.OrderId, StatusNames.Of(row.Status), row.CreatedAt);

    private static async Task<IEnumerable<WaitingTask>> CancelsAsync(PanelDb db, int most) =>
        from row in await db.Cancels
            .Where(row => row.Status == CancelStatus.Open)
            .Where(row => !db.Due.Any(due => (due.Kind == WorkKind.Cancel || due.Kind == WorkKind.SendCancel
                || (due.Kind == WorkKind.Order && due.ProviderId != null)) && due.Subject == row.OrderId))
            .OrderBy(row => row.Id).Take(most).ToListAsync()
        select new WaitingTask("cancel", row.OrderId, row.OrderId, "asked", row.CreatedAt);

    private static async Task<IEnumerable<WaitingTask>> ReviewsAsync(PanelDb db, int most) =>
        from row in await db.Reviews.Where(row => row.ClosedAt == null).OrderBy(row => row.Id).Take(most).ToListAsync()
        select new WaitingTask("review", row.OrderId, row.OrderId, row.Said, row.OpenedAt);

    private static async Task<IEnumerable<WaitingTask>> AlertsAsync(PanelDb db, int most) =>
        from row in await db.Alerts.Where(row => row.ClosedAt == null).OrderBy(row => row.Id).Take(most)
            .Join(db.Providers, alert => alert.ProviderId, provider => provider.Id, (alert, provider) => new { alert, provider.Name })
            .ToListAsync()
        select new WaitingTask("alert", row.alert.Id, 0, $"provider {row.Name}: {row.alert.Said}", row.alert.OpenedAt);

    private static async Task<IEnumerable<WaitingTask>> HeldAsync(PanelDb db, int most) =>
        from row in await HeldOrders.Open(db).OrderBy(hold => hold.OrderId).Take(most).ToListAsync()
        select new WaitingTask("held", row.OrderId, row.OrderId, $"its link is blocked by {row.Pattern}", row.HeldAt);

    private static async Task<List<WaitingTask>> PausedRunsAsync(PanelDb db, int most)
    {
        var runs = await db.Due.Where(row => row.Kind == WorkKind.Run && row.Held && !db.LinkHolds.Any(hold => hold.OrderId == row.OrderId && hold.FreedAt == null)).OrderBy(row => row.OrderId).Take(most).ToListAsync();
        var waiting = new List<WaitingTask>();
        foreach (var run in runs)
        {
            // The operator who paused it is in the audit.
            var subject = string.Create(CultureInfo.InvariantCulture, $"order {run.OrderId}");
            var since = await db.Audit.Where(row => row.Action == "order pause" && row.Subject == subject).MaxAsync(row => (long?)row.At);
            waiting.Add(new("drip-feed", run.OrderId, run.OrderId, "paused", since ?? run.At));
        }

        return waiting;
    }

    private static async Task<IEnumerable<WaitingTask>> PausedSubscriptionsAsync(PanelDb db, int most)
    {
        // A paused subscription has a post that waits: so few rows are looked at, however many orders there are.
        var held = db.Due.Where(row => row.Kind == WorkKind.Post && row.Held).Select(row => row.OrderId).Distinct();
        return from row in await db.Orders
                .Where(row => held.Contains(row.Id) && row.Status == OrderStatus.Paused)
                .Join(
                    db.OrderMoves,
                    order => new { OrderId = order.Id, order.Version },
                    move => new { move.OrderId, Version = move.Version + 1 },
                    (order, move) => new { order.Id, move.At })
                .OrderBy(row => row.At).Take(most).ToListAsync()
               select new WaitingTask("subscription", row.Id, row.Id, "paused for funds", row.At);
    }
}
