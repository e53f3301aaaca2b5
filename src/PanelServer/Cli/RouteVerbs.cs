using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;

namespace PanelServer.Cli;

/// <summary><c>route</c>: which providers deliver a service.</summary>
internal static class RouteVerbs
{
    private static readonly Argument<int> Service = new("SERVICE") { Description = "Your service's id" };
    private static readonly Argument<string> Provider = new("PROVIDER") { Description = "The provider's name" };
    private static readonly Argument<string> Theirs = new("THEIR-SERVICE") { Description = "The service's id at the provider" };
    private static readonly Argument<int> Id = new("ID") { Description = "The route's id" };
    private static readonly Option<int?> Priority = new("--priority") { HelpName = "N", Description = "The lowest is tried first (default 1); of equal ones the cheapest" };
    private static readonly Option<string?> MultiplierOption = new("--multiplier") { HelpName = "FACTOR", Description = "How much is asked for each one ordered (default 1)" };
    private static readonly Option<string[]?> Extra = new("--extra")
    {
        HelpName = "NAME=VALUE",
        Description = "A field that every order gets; may be given several times, and empty takes all away",
    };

    private static readonly Option<bool?> Enabled = new("--enabled") { HelpName = "true|false", Description = "Whether it is used", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool?> AtALoss = new("--at-a-loss")
    {
        HelpName = "true|false",
        Description = "Whether it is used also where it costs more than it brings, up to what it costs now",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> NoCheck = new("--no-check") { Description = "Do not look whether the provider lists the service" };
    private static readonly Option<int?> OfService = new("--service") { HelpName = "ID", Description = "Only of this service" };
    private static readonly Option<string?> OfProvider = new("--provider") { HelpName = "NAME", Description = "Only to this provider" };

    public static Command Command(Verbs verbs) => new("route", "Which providers deliver a service")
    {
        verbs.Changing<ManageRoutes>(
            new("add", "Lets a provider deliver a service.\n\nExample:\n  panelserver route add 1 acme 2041 --priority 2")
            { Service, Provider, Theirs, Priority, MultiplierOption, Extra, NoCheck },
            async (context, routes) => Say(
                context,
                await routes.AddAsync(
                    context.Actor,
                    context.Get(Service), context.Get(Provider), context.Get(Theirs), DraftOf(context, null), !context.Get(NoCheck), CancellationToken.None),
                "made")),
        verbs.Reading(new("list", "Lists the routes, those of a service in the order they are tried") { OfService, OfProvider, VerbOptions.Limit }, ListAsync),
        verbs.Changing<ManageRoutes>(
            new("edit", "Changes what is named.\n\nExample:\n  panelserver route edit 3 --priority 1 --enabled false\n  panelserver route edit 3 --at-a-loss")
            { Id, Priority, MultiplierOption, Extra, Enabled, AtALoss },
            async (context, routes) => Say(
                context,
                await routes.EditAsync(context.Actor, context.Get(Id), DraftOf(context, context.Get(Enabled)) with { AtALoss = context.Get(AtALoss) }),
                "changed")),
        verbs.Changing<ManageRoutes>(
            new("unlock", "Uses a route again that the panel has locked.\n\nExample:\n  panelserver route unlock 3") { Id },
            async (context, routes) => Say(context, await routes.UnlockAsync(context.Actor, context.Get(Id)), "unlocked")),
        verbs.Changing<ManageRoutes>(
            new("remove", "Takes a route away; orders that the provider has stay with it") { Id },
            async (context, routes) => Say(context, await routes.RemoveAsync(context.Actor, context.Get(Id)), "removed")),
    };

    private static RouteDraft DraftOf(VerbContext context, bool? enabled) => new()
    {
        Priority = context.Get(Priority),
        Multiplier = context.Get(MultiplierOption),
        Extra = context.Get(Extra) is { Length: > 0 } extra ? extra : null,
        Enabled = enabled,
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await (
            from route in db.Routes
            join provider in db.Providers on route.ProviderId equals provider.Id
            join service in db.Services on route.ServiceId equals service.Id
            where (context.Get(OfService) == null || route.ServiceId == context.Get(OfService))
                && (context.Get(OfProvider) == null || provider.Name == context.Get(OfProvider))
            orderby route.ServiceId, route.Priority, route.Id
            select new { route, provider, service.Rate }).Take(context.Get(VerbOptions.Limit)).ToListAsync();
        return context.WriteTable(
            rows,
            "no routes: orders are delivered by hand; `panelserver route add` makes one",
            row => new
            {
                row.route.Id,
                Service = row.route.ServiceId,
                Provider = row.provider.Name,
                TheirService = row.route.UpstreamService,
                row.route.Priority,
                Multiplier = new Multiplier(row.route.Multiplier).ToString(),
                row.route.Extra,
                Cost = row.route.Cost?.ToString(),
                SeenCost = row.route.SeenCost?.ToString(),
                AtALossUpTo = row.route.AcceptedCost?.ToString(),
                Rate = row.Rate.ToString(),
                row.route.Enabled,
                State = StateOf(row.route),
                row.route.Locked,
            },
            ("ID", row => row.route.Id),
            ("SERVICE", row => row.route.ServiceId),
            ("PROVIDER", row => row.provider.Name),
            ("THEIRS", row => row.route.UpstreamService),
            ("PRIORITY", row => row.route.Priority),
            ("TIMES", row => new Multiplier(row.route.Multiplier)),
            ("COST", row => new RouteCost(row.route.SeenCost, null, new(row.provider.Exchange), new(row.route.Multiplier)).Text),
            ("RATE", row => row.Rate),
            ("STATE", row => StateAndWhy(row.route)));
    }

    private static string StateOf(RouteRow route) => !route.Enabled ? "disabled" : route.Locked is null ? "in use" : "locked";

    private static string StateAndWhy(RouteRow route) => route is { Enabled: true, Locked: { } why } ? $"{StateOf(route)}: {why}" : StateOf(route);

    private static int Say(VerbContext context, Result<RouteRow> done, string what) => done.Try(out var route, out var refusal)
        ? context.Write(
            new { route.Id, Service = route.ServiceId, TheirService = route.UpstreamService, route.Priority, route.Enabled, route.Locked },
            string.Create(CultureInfo.InvariantCulture, $"route {route.Id} {what}: service {route.ServiceId} to their service {route.UpstreamService}, priority {route.Priority}, {StateAndWhy(route)}"))
        : context.Refuse(refusal);
}
