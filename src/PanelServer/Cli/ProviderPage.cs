using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Queries;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary><c>provider show</c>: how a provider stands, and what it earns.</summary>
internal sealed class ProviderPage(ProviderOverview overview, SecretProtector ring)
{
    /// <summary>Services that are named for people when nobody can deliver them.</summary>
    private const int MaxNamed = 10;

    /// <summary>For people, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"provider {overview.Row.Name}: {ProviderVerbs.State(overview.Row, ring)}";
        if (ring.Unprotect(overview.Row.Secret) is null)
        {
            yield return $"  {CommandLineTexts.Of(ProviderDirectory.KeyLost(overview.Row.Name))}";
        }

        yield return $"  {overview.Row.Url}{(overview.Row.Internal ? ", internal" : "")}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  {overview.Row.Concurrency} calls at a time, {overview.Row.PerSecond} a second; one {overview.Row.Currency ?? "unit there"} is {new ExchangeRate(overview.Row.Exchange)} here");
        yield return $"  balance {ProviderVerbs.Balance(overview.Row)}{(overview.Row.BalanceAt is { } at ? $", {VerbContext.Time(at)}" : "")}{(overview.Row.LowBalance is { } low ? $"; alert below {new Money(low)}" : "")}";
        yield return overview.Burn switch
        {
            null => "  burn rate not known yet: the balance must have gone down a few times within some hours",
            { HoursLeft: { } hours } => string.Create(CultureInfo.InvariantCulture, $"  burns {new Money(overview.Burn.PerDay)} a day: empty in {hours} h"),
            _ => "  nothing was spent in the last day",
        };
        yield return string.Create(CultureInfo.InvariantCulture, $"  routes {overview.Routes}, {overview.Locked} of them locked");
        if (overview.NoExchange is not null)
        {
            yield return $"  nothing is sent to it: {overview.NoExchange}";
        }

        foreach (var service in overview.Undeliverable.Take(MaxNamed))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  nobody can deliver service {service.Service} ({service.Name}): {service.Why}");
        }

        if (overview.Undeliverable.Count > MaxNamed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  … and {overview.Undeliverable.Count - MaxNamed} more services; --json names them all");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"  orders: {overview.ToSend} to send, {overview.Open} open there, {overview.Unknown} unknown");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  the latest {overview.Latest.Orders} orders: kept {overview.Latest.Kept}, cost {overview.Latest.Cost}, margin {overview.Latest.Kept - overview.Latest.Cost}");
        foreach (var alert in overview.Alerts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  alert {alert.Id} since {VerbContext.Time(alert.OpenedAt)}: {alert.Said}");
        }
    }

    /// <summary>The same for programs.</summary>
    public object Json() => new
    {
        overview.Row.Id,
        overview.Row.Name,
        overview.Row.Url,
        State = ProviderVerbs.State(overview.Row, ring),
        overview.Row.Internal,
        overview.Row.Concurrency,
        overview.Row.PerSecond,
        overview.Row.Currency,
        Exchange = new ExchangeRate(overview.Row.Exchange).ToString(),
        Balance = overview.Row.Balance is { } units ? new Money(units).ToString() : null,
        BalanceAt = overview.Row.BalanceAt is { } at ? VerbContext.Instant(at) : null,
        LowBalance = overview.Row.LowBalance is { } low ? new Money(low).ToString() : null,
        BurnPerDay = overview.Burn is null ? null : new Money(overview.Burn.PerDay).ToString(),
        EmptyInHours = overview.Burn?.HoursLeft,
        overview.Routes,
        overview.Locked,
        NothingIsSent = overview.NoExchange,
        Undeliverable = overview.Undeliverable.Select(service => new { service.Service, service.Name, service.Why }),
        overview.ToSend,
        overview.Open,
        overview.Unknown,
        Latest = new
        {
            overview.Latest.Orders,
            Kept = overview.Latest.Kept.ToString(),
            Cost = overview.Latest.Cost.ToString(),
            Margin = (overview.Latest.Kept - overview.Latest.Cost).ToString(),
        },
        Alerts = overview.Alerts.Select(alert => new { alert.Id, Kind = alert.Kind.ToString(), alert.Subject, alert.Said, OpenedAt = VerbContext.Instant(alert.OpenedAt) }),
    };
}
