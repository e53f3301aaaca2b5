using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;

namespace PanelServer.Cli;

/// <summary><c>provider show</c>: how a provider stands, and what it earns.</summary>
internal sealed class ProviderPage
{
    /// <summary>The latest orders that are looked at for what was earned.</summary>
    private const int LatestOrders = 1_000;

    /// <summary>Services that are named for people when nobody can deliver them.</summary>
    private const int MaxNamed = 10;

    private readonly ProviderRow _row;
    private readonly SecretProtector _ring;
    private BurnRate? _burn;
    private int _toSend;
    private int _open;
    private int _unknown;
    private int _routes;
    private int _locked;
    private string? _noExchange;
    private List<Undeliverable> _undeliverable = [];
    private (int Orders, Money Kept, Money Cost) _latest;
    private List<AlertRow> _alerts = [];

    private ProviderPage(ProviderRow row, SecretProtector ring) => (_row, _ring) = (row, ring);

    public static async Task<ProviderPage> ReadAsync(PanelDb db, ProviderRow row, SecretProtector ring)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var latest = await db.Submissions
            .Where(sending => sending.ProviderId == row.Id && sending.Kind == SubmissionKind.Order && sending.Outcome == SubmissionOutcome.Accepted)
            .OrderByDescending(sending => sending.Id)
            .Take(LatestOrders)
            .Join(db.Orders, sending => sending.OrderId, order => order.Id, (sending, order) => new { sending.Cost, order.Charge, order.Refunded })
            .ToListAsync();
        return new(row, ring)
        {
            _burn = await WatchBalance.BurnRateAsync(db, row.Id, now),
            _toSend = await db.Due.CountAsync(due => due.ProviderId == row.Id && due.Kind == WorkKind.Send),
            _open = await db.Due.CountAsync(due => due.ProviderId == row.Id && due.Kind == WorkKind.Order),
            _unknown = await db.Submissions.CountAsync(sending => sending.ProviderId == row.Id && sending.Outcome == SubmissionOutcome.Unknown
                && db.Reviews.Any(review => review.OrderId == sending.OrderId && review.ClosedAt == null)),
            _routes = await db.Routes.CountAsync(route => route.ProviderId == row.Id),
            _locked = await db.Routes.CountAsync(route => route.ProviderId == row.Id && route.Locked != null),
            _noExchange = OtherCurrency.Unknown(row, db.Panel.First().Currency)?.Text,
            _undeliverable = [.. Undeliverable.Of(db).Where(service => service.Providers.Contains(row.Id))],
            _latest = (
                latest.Count,
                new(latest.Sum(one => one.Charge.Units - one.Refunded.Units)),
                new(latest.Sum(one => one.Cost?.Units ?? 0))),
            _alerts = await db.Alerts.Where(alert => alert.ProviderId == row.Id && alert.ClosedAt == null).OrderBy(alert => alert.Id).ToListAsync(),
        };
    }

    /// <summary>For people, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"provider {_row.Name}: {ProviderVerbs.State(_row, _ring)}";
        if (_ring.Unprotect(_row.Secret) is null)
        {
            yield return $"  {ProviderDirectory.KeyLost(_row.Name).Text}";
        }

        yield return $"  {_row.Url}{(_row.Internal ? ", internal" : "")}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  {_row.Concurrency} calls at a time, {_row.PerSecond} a second; one {_row.Currency ?? "unit there"} is {new ExchangeRate(_row.Exchange)} here");
        yield return $"  balance {ProviderVerbs.Balance(_row)}{(_row.BalanceAt is { } at ? $", {VerbContext.Time(at)}" : "")}{(_row.LowBalance is { } low ? $"; alert below {new Money(low)}" : "")}";
        yield return _burn switch
        {
            null => "  burn rate not known yet: the balance must have gone down a few times within some hours",
            { HoursLeft: { } hours } => string.Create(CultureInfo.InvariantCulture, $"  burns {new Money(_burn.PerDay)} a day: empty in {hours} h"),
            _ => "  nothing was spent in the last day",
        };
        yield return string.Create(CultureInfo.InvariantCulture, $"  routes {_routes}, {_locked} of them locked");
        if (_noExchange is not null)
        {
            yield return $"  nothing is sent to it: {_noExchange}";
        }

        foreach (var service in _undeliverable.Take(MaxNamed))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  nobody can deliver service {service.Service} ({service.Name}): {service.Why}");
        }

        if (_undeliverable.Count > MaxNamed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  … and {_undeliverable.Count - MaxNamed} more services; --json names them all");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"  orders: {_toSend} to send, {_open} open there, {_unknown} unknown");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  the latest {_latest.Orders} orders: kept {_latest.Kept}, cost {_latest.Cost}, margin {_latest.Kept - _latest.Cost}");
        foreach (var alert in _alerts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  alert {alert.Id} since {VerbContext.Time(alert.OpenedAt)}: {alert.Said}");
        }
    }

    /// <summary>The same for programs.</summary>
    public object Json() => new
    {
        _row.Id,
        _row.Name,
        _row.Url,
        State = ProviderVerbs.State(_row, _ring),
        _row.Internal,
        _row.Concurrency,
        _row.PerSecond,
        _row.Currency,
        Exchange = new ExchangeRate(_row.Exchange).ToString(),
        Balance = _row.Balance is { } units ? new Money(units).ToString() : null,
        BalanceAt = _row.BalanceAt is { } at ? VerbContext.Instant(at) : null,
        LowBalance = _row.LowBalance is { } low ? new Money(low).ToString() : null,
        BurnPerDay = _burn is null ? null : new Money(_burn.PerDay).ToString(),
        EmptyInHours = _burn?.HoursLeft,
        Routes = _routes,
        Locked = _locked,
        NothingIsSent = _noExchange,
        Undeliverable = _undeliverable.Select(service => new { service.Service, service.Name, service.Why }),
        ToSend = _toSend,
        Open = _open,
        Unknown = _unknown,
        Latest = new
        {
            _latest.Orders,
            Kept = _latest.Kept.ToString(),
            Cost = _latest.Cost.ToString(),
            Margin = (_latest.Kept - _latest.Cost).ToString(),
        },
        Alerts = _alerts.Select(alert => new { alert.Id, Kind = alert.Kind.ToString(), alert.Subject, alert.Said, OpenedAt = VerbContext.Instant(alert.OpenedAt) }),
    };
}
