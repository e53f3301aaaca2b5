using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Catalogue;

/// <summary>A service of a list to import, with where it stands in the file.</summary>
/// <param name="Row">Counted from 1.</param>
/// <param name="Id">The id it had; null when the list has none.</param>
internal sealed record ServiceToImport(int Row, int? Id, ServiceDraft Draft);

/// <summary>
/// Takes over a list of services, as <c>services</c> answers it. All of it or nothing: the list is checked whole and
/// written in one unit, by prepared statements because it may be long.
/// </summary>
internal sealed class ImportServices(WriteQueue writes, CurrentCatalogue catalogue, ServiceDrafts drafts, TimeProvider clock)
{
    /// <summary>Services in one list.</summary>
    public const int MaxRows = 20_000;

    /// <summary>Imports a list after the services that are there.</summary>
    /// <param name="list">In the order they shall stand.</param>
    /// <param name="renumber">Give a new id where the old one is taken, instead of refusing.</param>
    /// <returns>What was made, in the list's order.</returns>
    public async Task<Result<IReadOnlyList<Service>>> RunAsync(ActorContext actor, IReadOnlyList<ServiceToImport> list, bool renumber)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await writes.RunAsync(actor, unit => Import(unit, list, renumber, now));
        catalogue.Forget();
        return done;
    }

    private Result<IReadOnlyList<Service>> Import(
        UnitOfWork unit,
        IReadOnlyList<ServiceToImport> list,
        bool renumber,
        long now)
    {
        var taken = unit.Db.Services.Select(row => row.Id).ToHashSet();
        var next = Math.Max(taken.DefaultIfEmpty().Max(), list.Max(item => (long?)item.Id) ?? 0) + 1;
        var position = ManageServices.NextPosition(unit);
        var made = new List<Service>(list.Count);
        foreach (var item in list)
        {
            var isTaken = item.Id is { } had && taken.Contains(had);
            if (isTaken && !renumber)
            {
                return Refused(item, new("id_taken.service", item.Id));
            }

            var id = isTaken ? next++ : item.Id ?? next++;
            if (id > Limits.MaxId)
            {
                return Refused(item, ManageServices.NoIdLeft);
            }

            taken.Add((int)id);
            var start = ManageServices.New((int)id, position++, enabled: true);
            if (drafts.Wrong(item.Draft, start, out var service) is { } wrong)
            {
                return Refused(item, wrong);
            }

            if (service.Name.Length == 0)
            {
                return Refused(item, new("incorrect_service.no_name"));
            }

            made.Add(service);
        }

        made.ForEach(unit.Services.Insert);
        Audit.Write(unit, now, "service import", "catalogue", string.Create(CultureInfo.InvariantCulture, $"{made.Count} services"));
        return made;
    }

    private static Refusal Refused(ServiceToImport item, Refusal why) => new("incorrect_import", item.Row, why);
}
