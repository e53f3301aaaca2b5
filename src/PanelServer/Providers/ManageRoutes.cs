using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers;

/// <summary>A route as an operator writes it: not yet checked. Null keeps what an edited one has.</summary>
internal sealed record RouteDraft
{
    public int? Priority { get; init; }
    public string? Multiplier { get; init; }

    /// <summary>Fields that every order gets, each <c>name=value</c>; one that is empty takes all away.</summary>
    public IReadOnlyList<string>? Extra { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Whether it is used also where it costs more than it brings, up to what it costs now.</summary>
    public bool? AtALoss { get; init; }
}

/// <summary>Which providers deliver a service. Each change is audited and felt by the next order.</summary>
internal sealed partial class ManageRoutes(WriteQueue writes, CurrentCatalogue catalogue, ProviderDirectory upstream, TimeProvider clock)
{
    /// <summary>Routes of one service.</summary>
    public const int MaxRoutes = 20;

    private const int MaxPriority = 1_000;
    private const int MaxExtra = 20;

    /// <summary>Lets a provider deliver a service, after looking whether it has the one that is named.</summary>
    /// <param name="service">Ours.</param>
    /// <param name="provider">Whose.</param>
    /// <param name="upstreamService">Theirs.</param>
    /// <param name="draft">How.</param>
    /// <param name="isAsked">Whether the provider's catalogue must list it.</param>
    /// <param name="cancel">Canceled when the caller has gone.</param>
    public async Task<Result<RouteRow>> AddAsync(
        ActorContext actor,
        int service,
        string provider,
        string upstreamService,
        RouteDraft draft,
        bool isAsked,
        CancellationToken cancel)
    {
        if (upstream.Find(provider) is not { } found)
        {
            return ManageProviders.Unknown(provider);
        }

        if (upstreamService.Length is 0 or > 64 || !upstreamService.All(letter => letter is > ' ' and <= '~'))
        {
            return new Refusal("incorrect_route.upstream_service");
        }

        UpstreamService? theirs = null;
        if (isAsked)
        {
            if (!(await upstream.ServicesAsync(found.Id, cancel)).Try(out var list, out var unanswered))
            {
                return new Refusal("provider_unanswered.no_route", unanswered);
            }

            theirs = list.Services.FirstOrDefault(one => one.Id == upstreamService);
            if (theirs is null)
            {
                return new Refusal("incorrect_route.not_listed", found.Name, upstreamService);
            }
        }

        var row = new RouteRow
        {
            ServiceId = service,
            ProviderId = found.Id,
            UpstreamService = upstreamService,
            Cost = theirs?.Rate,
            SeenCost = theirs?.Rate,
            SeenAt = theirs is null ? null : Now,
            ListedCost = theirs?.Rate,
            UpstreamMin = theirs?.Min,
            UpstreamMax = theirs?.Max,
            UpstreamName = theirs?.Name,
            UpstreamCategory = theirs?.Category,
            CreatedAt = Now,
        };
        return await ChangeAsync(actor, "route add", unit =>
        {
            if (unit.Db.Services.FirstOrDefault(one => one.Id == service) is not { } ours)
            {
                return ManageServices.Unknown(service);
            }

            if (unit.Db.Routes.Any(one => one.ServiceId == service && one.ProviderId == found.Id && one.UpstreamService == upstreamService))
            {
                return new Refusal("incorrect_route.known", service, upstreamService, found.Name);
            }

            if (unit.Db.Routes.Count(one => one.ServiceId == service) >= MaxRoutes)
            {
                return new Refusal("incorrect_route.too_many", MaxRoutes);
            }

            if ((OtherCurrency.Unknown(unit, found.Id) ?? WrongType(ours, theirs) ?? Wrong(draft, row, ours)) is { } wrong)
            {
                return wrong;
            }

            unit.Db.Routes.Add(row);
            unit.Save();
            return Looked(unit, row);
        });
    }

    /// <summary>Changes what the draft names.</summary>
    public Task<Result<RouteRow>> EditAsync(ActorContext actor, int id, RouteDraft draft) => ChangeAsync(actor, "route edit", unit =>
    {
        if (unit.Db.Routes.FirstOrDefault(row => row.Id == id) is not { } row)
        {
            return Unknown(id);
        }

        var ours = unit.Db.Services.First(service => service.Id == row.ServiceId);
        if (Wrong(draft, row, ours) is { } wrong)
        {
            return wrong;
        }

        if (draft.AtALoss is { } atALoss)
        {
            if (atALoss && row.SeenCost is null)
            {
                return new Refusal("incorrect_route.cost_unknown", id);
            }

            row.AcceptedCost = atALoss ? row.SeenCost : null;
        }

        unit.Db.Routes.Update(row);
        unit.Save();
        return Looked(unit, row);
    });

    /// <summary>Uses a route again that the panel has locked.</summary>
    public Task<Result<RouteRow>> UnlockAsync(ActorContext actor, int id) => ChangeAsync(actor, "route unlock", unit =>
    {
        if (unit.Db.Routes.FirstOrDefault(row => row.Id == id) is not { } row)
        {
            return Unknown(id);
        }

        if (row.Locked is null)
        {
            return new Refusal("incorrect_route.not_locked", id);
        }

        if (row.LockKind == RouteLockKind.BelowCost)
        {
            // Unlocking trusts the catalogue again where an order was charged more; selling at a loss needs its own confirmation.
            var exchange = new ExchangeRate(unit.Db.Providers.First(provider => provider.Id == row.ProviderId).Exchange);
            var price = unit.Db.Services.First(service => service.Id == row.ServiceId).Rate;
            var cost = new RouteCost(row.ListedCost ?? row.SeenCost, row.AcceptedCost, exchange, new(row.Multiplier));
            if (cost.IsAbove(price))
            {
                return new Refusal("incorrect_route.below_cost", id, cost.Text, price, row.ServiceId);
            }

            (row.SeenCost, row.SeenAt) = (cost.Seen, Now);
        }

        row.Lock = null;
        unit.Db.Routes.Update(row);
        unit.Save();

        // An alert about a provider's service may still hold for another route to it.
        if (unit.Db.Routes.Any(one => one.ProviderId == row.ProviderId && one.UpstreamService == row.UpstreamService && one.Locked != null))
        {
            return row;
        }

        foreach (var kind in new[] { AlertKind.Removed, AlertKind.Changed, AlertKind.BelowCost, AlertKind.Refused })
        {
            Alerts.End(unit, row.ProviderId, kind, row.UpstreamService, Now);
        }

        return row;
    });

    /// <summary>Takes a route away; orders that the provider has stay with it.</summary>
    public Task<Result<RouteRow>> RemoveAsync(ActorContext actor, int id) => ChangeAsync(actor, "route remove", unit =>
    {
        if (unit.Db.Routes.FirstOrDefault(row => row.Id == id) is not { } row)
        {
            return Unknown(id);
        }

        unit.Db.Routes.Where(one => one.Id == id).ExecuteDelete();
        return row;
    });

    private static Refusal Unknown(int id) =>
        new("unknown_route", id);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Their service must be of our type; a subscription is run here, and its posts' orders are of type Default.</summary>
    private static Refusal? WrongType(ServiceRow ours, UpstreamService? theirs)
    {
        var wanted = ServiceType.Of(ours.Type) == ServiceType.Subscriptions ? ServiceType.Default : ServiceType.Of(ours.Type);
        return theirs is null || theirs.Type == wanted || theirs.TypeText.Length == 0
            ? null
            : new Refusal("incorrect_route.type", ours.Id, ServiceType.Of(ours.Type).Name, wanted.Name, theirs.Id, theirs.TypeText);
    }

    /// <summary>A route that costs more than its service is sold for is not used, and that is said at once.</summary>
    private RouteRow Looked(UnitOfWork unit, RouteRow row)
    {
        MarginGuard.Locked(unit, row.ServiceId, Now);
        return unit.Db.Routes.AsNoTracking().First(route => route.Id == row.Id);
    }

    private static Refusal? Wrong(RouteDraft draft, RouteRow row, ServiceRow service)
    {
        if (draft.Priority is < 1 or > MaxPriority)
        {
            return new Refusal("incorrect_route.priority", MaxPriority);
        }

        if (draft.Multiplier is { } text)
        {
            if (!Multiplier.TryParse(text, out var multiplier))
            {
                return new Refusal("incorrect_route.multiplier", text);
            }

            var isCounted = ServiceType.Of(service.Type).QuantityFrom is QuantitySource.Quantity or QuantitySource.Posts;
            if (multiplier.Units != Multiplier.One && !isCounted)
            {
                return new Refusal("incorrect_route.no_quantity", ServiceType.Of(service.Type).Name);
            }

            row.Multiplier = multiplier.Units;
        }

        if (draft.Extra is { } extra)
        {
            if (!ExtraOf(extra).Try(out var json, out var wrong))
            {
                return wrong;
            }

            row.Extra = json.Length == 0 ? null : json;
        }

        row.Priority = draft.Priority ?? row.Priority;
        row.Enabled = draft.Enabled ?? row.Enabled;
        return null;
    }

    /// <summary>Fields as a JSON object; empty for none.</summary>
    private static Result<string> ExtraOf(IReadOnlyList<string> fields)
    {
        var texts = new Dictionary<string, string>();
        foreach (var field in fields.Where(field => field.Length > 0))
        {
            var parts = field.Split('=', 2);
            if (parts.Length != 2 || !FieldName().IsMatch(parts[0]) || parts[0] is "key" or "action" or "service" or "link" or "quantity"
                || parts[1].Length > Limits.TextLength || HiddenCharacters.Describe(parts[1]) is not null)
            {
                return new Refusal("incorrect_route.extra", field);
            }

            texts[parts[0]] = parts[1];
        }

        return texts.Count > MaxExtra ? new Refusal("incorrect_route.too_many_extra", MaxExtra)
            : texts.Count == 0 ? ""
            : JsonSerializer.Serialize(texts);
    }

    private async Task<Result<RouteRow>> ChangeAsync(ActorContext actor, string action, Func<UnitOfWork, Result<RouteRow>> change)
    {
        var done = await writes.RunAsync(actor, unit =>
        {
            var changed = change(unit);
            if (changed.Try(out var row, out _))
            {
                Audit.Write(
                    unit,
                    Now,
                    action,
                    string.Create(CultureInfo.InvariantCulture, $"route {row.Id}"),
                    string.Create(CultureInfo.InvariantCulture, $"service {row.ServiceId} to service {row.UpstreamService} of provider {row.ProviderId}, priority {row.Priority}"));
            }

            return changed;
        });
        catalogue.Forget();
        return done;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,39}$")]
    private static partial Regex FieldName();
}
