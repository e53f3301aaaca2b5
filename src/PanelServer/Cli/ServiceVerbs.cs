using System.CommandLine;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>service</c>: the catalogue.</summary>
internal static class ServiceVerbs
{
    private static readonly Argument<int> Id = new("ID") { Description = "The service's id" };
    private static readonly Argument<int> Position = new("POSITION") { Description = "The place in the catalogue, counted from 1" };
    private static readonly Argument<string> FileName = new("FILE") { Description = "A .json or .csv file" };
    private static readonly Option<string> FileEncoding = new("--encoding")
    {
        HelpName = "NAME",
        Description = $"How the file's text is written, when it is not UTF-8: {string.Join(", ", ImportedText.Names.Skip(1))}",
        DefaultValueFactory = _ => ImportedText.Default,
    };

    private static readonly Option<bool> Renumber = new("--renumber") { Description = "Give a new id where one is taken" };

    public static Command Command(Verbs verbs) => new("service", "The catalogue")
    {
        verbs.Changing<ManageServices>(
            ServiceOptions.Required(new(
                "add",
                "Adds a service.\n\nExample:\n  panelserver service add --type Default --category Instagram --name Followers --rate 0.90 --min 50 --max 10000 --refill 30 --cancel")),
            async (context, services) => Say(context, await services.AddAsync(context.Actor, ServiceOptions.Draft(context, isNew: true))),
            begins: true),
        verbs.Reading(new("list", "Lists the catalogue in its order"), ListAsync),
        verbs.Changing<ManageServices>(
            ServiceOptions.Optional(new("edit", "Changes what is named.\n\nExample:\n  panelserver service edit 1 --rate 0.95 --cancel false") { Id }),
            async (context, services) => ServiceOptions.Draft(context, isNew: false) is var draft && draft == new ServiceDraft()
                ? context.WrongUse("Nothing is named that should change, such as --rate 0.95. See `panelserver service edit --help`.")
                : Say(context, await services.EditAsync(context.Actor, context.Get(Id), draft))),
        verbs.Changing<ManageServices>(
            new("enable", "Lists and sells a service") { Id },
            async (context, services) => Say(context, await services.EnableAsync(context.Actor, context.Get(Id), enabled: true))),
        verbs.Changing<ManageServices>(
            new("disable", "Neither lists nor sells a service; its orders go on") { Id },
            async (context, services) => Say(context, await services.EnableAsync(context.Actor, context.Get(Id), enabled: false))),
        verbs.Changing<ManageServices>(
            new("move", "Moves a service to a place in the catalogue") { Id, Position },
            async (context, services) => Say(context, await services.MoveAsync(context.Actor, context.Get(Id), context.Get(Position)))),
        verbs.Changing<ImportServices>(
            new(
                "import",
                "Imports a list of services, as action=services answers it: all of it or nothing.\n\nExample:\n  panelserver service import services.json --renumber\n  panelserver service import fiyatlar.csv --encoding windows-1254")
            { FileName, FileEncoding, Renumber },
            ImportAsync,
            begins: true),
    };

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        return context.WriteTable(
            await CatalogueQueries.ServicesAsync(db),
            "no services yet; `panelserver service add` or `service import` makes some",
            Json,
            ("ID", service => service.Id),
            ("NAME", service => service.Name),
            ("TYPE", service => service.Type.Name),
            ("CATEGORY", service => service.Category),
            ("RATE", service => service.Rate),
            ("MIN", service => service.Min),
            ("MAX", service => service.Max),
            ("OFFERS", Offers));
    }

    private static async Task<int> ImportAsync(VerbContext context, ImportServices import)
    {
        var path = context.FullPath(context.Get(FileName));
        if (!ServiceListFile.Read(path, context.Get(FileEncoding)).Try(out var list, out var refusal))
        {
            return context.Refuse(refusal);
        }

        if (list.Count == 0)
        {
            return context.Refuse($"{path} holds no services");
        }

        return (await import.RunAsync(context.Actor, list, context.Get(Renumber))).Try(out var made, out refusal)
            ? context.Write(new { Imported = made.Count, Services = made.Select(service => service.Id) }, $"{made.Count} {(made.Count == 1 ? "service" : "services")} imported")
            : context.Refuse(refusal);
    }

    private static int Say(VerbContext context, Result<Service> done) => done.Try(out var service, out var refusal)
        ? context.Write(Json(service), $"service {service.Id}: {string.Join(", ", new[] { service.Name, service.Type.Name, service.Rate.ToString(), Offers(service) }.Where(part => part.Length > 0))}")
        : context.Refuse(refusal);

    private static string Offers(Service service) => string.Join(", ", new[]
    {
        service.Enabled ? "" : "disabled",
        service.Dripfeed ? "drip-feed" : "",
        service.Refill is { } refill ? $"refill {refill.Days} d" : "",
        service.Cancel ? "cancel" : "",
        service.DenyDuplicates ? "no duplicates" : "",
        service.LinkRule == LinkRule.Any ? "" : service.LinkRule.Text,
    }.Where(offer => offer.Length > 0));

    private static object Json(Service service) => new
    {
        Service = service.Id,
        service.Position,
        service.Enabled,
        service.Name,
        Type = service.Type.Name,
        service.Category,
        service.Description,
        Rate = service.Rate.ToString(),
        service.Min,
        service.Max,
        service.Dripfeed,
        RefillDays = service.Refill?.Days ?? 0,
        RefillHours = service.Refill?.HoursBetween,
        service.Cancel,
        LinkRule = service.LinkRule.Text,
        service.DenyDuplicates,
    };
}
