using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Queries;

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
        var rows = await ProviderQueries.RoutesAsync(db, context.Get(OfService), context.Get(OfProvider), context.Get(VerbOptions.Limit));
        return context.WriteTable(
            rows,
            "no routes: orders are delivered by hand; `panelserver route add` makes one",
            row => new
            {
                row.Route.Id,
                Service = row.Route.ServiceId,
                Provider = row.Provider.Name,
                TheirService = row.Route.UpstreamService,
                row.Route.Priority,
                Multiplier = new Multiplier(row.Route.Multiplier).ToString(),
                row.Route.Extra,
                Cost = row.Route.Cost?.ToString(),
                SeenCost = row.Route.SeenCost?.ToString(),
                AtALossUpTo = row.Route.AcceptedCost?.ToString(),
                Rate = row.Rate.ToString(),
                row.Route.Enabled,
                State = StateOf(row.Route),
                row.Route.Locked,
            },
            ("ID", row => row.Route.Id),
            ("SERVICE", row => row.Route.ServiceId),
            ("PROVIDER", row => row.Provider.Name),
            ("THEIRS", row => row.Route.UpstreamService),
            ("PRIORITY", row => row.Route.Priority),
            ("TIMES", row => new Multiplier(row.Route.Multiplier)),
            ("COST", row => new RouteCost(row.Route.SeenCost, null, new(row.Provider.Exchange), new(row.Route.Multiplier)).Text),
            ("RATE", row => row.Rate),
            ("STATE", row => StateAndWhy(row.Route)));
    }

    private static string StateOf(RouteRow route) => !route.Enabled ? "disabled" : route.Locked is null ? "in use" : "locked";

    private static string StateAndWhy(RouteRow route) => route is { Enabled: true, Locked: { } why } ? $"{StateOf(route)}: {why}" : StateOf(route);

    private static int Say(VerbContext context, Result<RouteRow> done, string what) => done.Try(out var route, out var refusal)
        ? context.Write(
            new { route.Id, Service = route.ServiceId, TheirService = route.UpstreamService, route.Priority, route.Enabled, route.Locked },
            string.Create(CultureInfo.InvariantCulture, $"route {route.Id} {what}: service {route.ServiceId} to their service {route.UpstreamService}, priority {route.Priority}, {StateAndWhy(route)}"))
        : context.Refuse(refusal);
}
