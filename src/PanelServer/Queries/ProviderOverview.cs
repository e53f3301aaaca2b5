using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Texts;

namespace PanelServer.Queries;

/// <summary>How a provider stands, and what it earns.</summary>
internal sealed record ProviderOverview
{
    /// <summary>The latest orders that are looked at for what was earned.</summary>
    private const int LatestOrders = 1_000;

    public required ProviderRow Row { get; init; }

    /// <summary>How fast its balance goes down; null when that is not known yet.</summary>
    public BurnRate? Burn { get; init; }

    /// <summary>Orders that wait to be submitted to it.</summary>
    public required int ToSend { get; init; }

    /// <summary>Orders that it has and that have not ended.</summary>
    public required int Open { get; init; }

    /// <summary>Submissions of which nobody knows what came.</summary>
    public required int Unknown { get; init; }

    public required int Routes { get; init; }
    public required int Locked { get; init; }

    /// <summary>Why nothing is sent to it because of its currency; null when that is no reason.</summary>
    public string? NoExchange { get; init; }

    /// <summary>Services with a route to it that nobody can deliver.</summary>
    public required IReadOnlyList<Undeliverable> Undeliverable { get; init; }

    /// <summary>What its latest orders kept, and what they cost.</summary>
    public required (int Orders, Money Kept, Money Cost) Latest { get; init; }

    /// <summary>Its open alerts.</summary>
    public required IReadOnlyList<AlertRow> Alerts { get; init; }

    /// <summary>Reads it; null when there is no provider of this name.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="name">Its name.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static async Task<ProviderOverview?> ReadAsync(PanelDb db, string name, long now)
    {
        if (ProviderQueries.Find(db, name) is not { } row)
        {
            return null;
        }

        var latest = await db.Submissions
            .Where(submission => submission.ProviderId == row.Id && submission.Kind == SubmissionKind.Order && submission.Outcome == SubmissionOutcome.Accepted)
            .OrderByDescending(submission => submission.Id)
            .Take(LatestOrders)
            .Join(db.Orders, submission => submission.OrderId, order => order.Id, (submission, order) => new { submission.Cost, order.Charge, order.Refunded })
            .ToListAsync();
        return new()
        {
            Row = row,
            Burn = await WatchBalance.BurnRateAsync(db, row.Id, now),
            ToSend = await db.Due.CountAsync(due => due.ProviderId == row.Id && due.Kind == WorkKind.Send),
            Open = await db.Due.CountAsync(due => due.ProviderId == row.Id && due.Kind == WorkKind.Order),
            Unknown = await db.Submissions.CountAsync(submission => submission.ProviderId == row.Id && submission.Outcome == SubmissionOutcome.Unknown
                && db.Reviews.Any(review => review.OrderId == submission.OrderId && review.ClosedAt == null)),
            Routes = await db.Routes.CountAsync(route => route.ProviderId == row.Id),
            Locked = await db.Routes.CountAsync(route => route.ProviderId == row.Id && route.Locked != null),
            NoExchange = OtherCurrency.Unknown(row, db.Panel.First().Currency) is { } unknown ? CommandLineTexts.Of(unknown) : null,
            Undeliverable = [.. PanelServer.Providers.Undeliverable.Of(db).Where(service => service.Providers.Contains(row.Id))],
            Latest = (
                latest.Count,
                new(latest.Sum(one => one.Charge.Units - one.Refunded.Units)),
                new(latest.Sum(one => one.Cost?.Units ?? 0))),
            Alerts = await db.Alerts.Where(alert => alert.ProviderId == row.Id && alert.ClosedAt == null).OrderBy(alert => alert.Id).ToListAsync(),
        };
    }
}
