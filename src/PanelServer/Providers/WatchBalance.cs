using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers;

/// <summary>How fast a balance goes down.</summary>
/// <param name="PerDay">What is spent in a day, in 0.00001 of the provider's currency; what is paid in is not counted.</param>
/// <param name="HoursLeft">Until it is empty at that rate; null when nothing is spent.</param>
internal sealed record BurnRate(long PerDay, long? HoursLeft);

/// <summary>Keeps what a provider says our balance there is, and tells when it runs low.</summary>
internal static class WatchBalance
{
    /// <summary>How often it is asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(8);
    private static readonly TimeSpan BurnWindow = TimeSpan.FromDays(1);

    // One order that was paid for is no rate: it takes some time, and that the balance went down more than once.
    private static readonly TimeSpan MinWindow = TimeSpan.FromHours(1);
    private const int MinDrops = 3;

    /// <summary>Takes an answer inside a unit.</summary>
    public static void Take(UnitOfWork unit, ProviderView provider, UpstreamBalance said, long now)
    {
        if (said.Currency is { } currency && provider.Currency is { } known && !currency.Equals(known, StringComparison.OrdinalIgnoreCase))
        {
            SayCurrency(unit, provider.Id, currency);
            Alerts.Raise(
                unit,
                provider.Id,
                AlertKind.Currency,
                "",
                new("alert.currency", currency, known, provider.Name),
                now);
            return;
        }

        // As it stands now: an outcome of the same unit may have paused or resumed it.
        var before = unit.Db.Providers.Where(row => row.Id == provider.Id).Select(row => new { row.Paused, row.Balance }).Single();
        SayCurrency(unit, provider.Id, null);
        Alerts.End(unit, provider.Id, AlertKind.Currency, "", now);
        Alerts.End(unit, provider.Id, AlertKind.Balance, "", now);
        unit.Db.Providers.Where(row => row.Id == provider.Id).ExecuteUpdate(row => row
            .SetProperty(p => p.Balance, said.Units)
            .SetProperty(p => p.BalanceAt, now)
            .SetProperty(p => p.Currency, provider.Currency ?? said.Currency));
        if (provider.Currency is null && said.Currency is not null)
        {
            OtherCurrency.RaiseAlert(unit, provider.Id, now);
            unit.ChangesCatalogue();
        }

        if (!unit.Db.ProviderBalances.Any(row => row.ProviderId == provider.Id && row.At == now))
        {
            unit.Db.ProviderBalances.Add(new ProviderBalanceRow { ProviderId = provider.Id, At = now, Balance = said.Units });
        }

        var old = now - (long)Kept.TotalMilliseconds;
        unit.Db.ProviderBalances.Where(row => row.ProviderId == provider.Id && row.At < old).ExecuteDelete();
        if (provider.LowBalance is { } low && said.Units < low)
        {
            Alerts.Raise(
                unit,
                provider.Id,
                AlertKind.LowBalance,
                "",
                new("alert.low_balance", new Money(low), provider.Currency ?? said.Currency),
                now);
        }
        else
        {
            Alerts.End(unit, provider.Id, AlertKind.LowBalance, "", now);
        }

        // It ran out of funds, and somebody has paid in; or it refused our key, and takes it again.
        if (before.Paused == Pause.Key || (before is { Paused: Pause.Funds, Balance: { } had } && said.Units > had))
        {
            ProviderCircuit.Resume(unit, provider.Id, before.Paused, now);
        }
    }

    /// <summary>Keeps that a provider says another currency than is known, or does no longer.</summary>
    private static void SayCurrency(UnitOfWork unit, int provider, string? currency)
    {
        var news = unit.Db.Providers.Where(row => row.Id == provider && row.SaidCurrency != currency);
        if (news.ExecuteUpdate(row => row.SetProperty(p => p.SaidCurrency, currency)) > 0)
        {
            unit.ChangesCatalogue();
        }
    }

    /// <summary>How fast the balance of a provider went down in the last day, as far as it is known.</summary>
    public static async Task<BurnRate?> BurnRateAsync(PanelDb db, int provider, long now)
    {
        var since = now - (long)BurnWindow.TotalMilliseconds;
        var known = await db.ProviderBalances
            .Where(row => row.ProviderId == provider && row.At >= since)
            .OrderBy(row => row.At)
            .Select(row => new { row.At, row.Balance })
            .ToListAsync();
        if (known.Count < 2 || known[^1].At - known[0].At < MinWindow.TotalMilliseconds)
        {
            return null;
        }

        var drops = known.Zip(known.Skip(1), (one, next) => Math.Max(0, one.Balance - next.Balance)).Where(drop => drop > 0).ToList();
        if (drops.Count is > 0 and < MinDrops)
        {
            return null;
        }

        var spent = drops.Sum();
        var span = known[^1].At - known[0].At;
        var perDay = (long)((Int128)spent * (long)BurnWindow.TotalMilliseconds / span);
        const int HoursOfDay = 24;
        return new(perDay, perDay == 0 ? null : (long)((Int128)Math.Max(0, known[^1].Balance) * HoursOfDay / perDay));
    }
}
