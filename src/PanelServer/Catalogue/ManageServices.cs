using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Catalogue;

/// <summary>What an operator does with the catalogue. Each change is audited and felt by the next call.</summary>
/// <param name="writes">The way in.</param>
/// <param name="catalogue">What is sold.</param>
/// <param name="drafts">Checks what was typed.</param>
/// <param name="clock">The panel's time.</param>
/// <param name="repriced">Told, inside the unit, of a service that has another price: who delivers it is measured by that.</param>
internal sealed class ManageServices(
    WriteQueue writes,
    CurrentCatalogue catalogue,
    ServiceDrafts drafts,
    TimeProvider clock,
    Action<UnitOfWork, int, long> repriced)
{
    /// <summary>The ids above the highest one in use have run out.</summary>
    public static readonly Refusal NoIdLeft =
        new("no_id_left", Limits.MaxId);

    /// <summary>Adds a service at the end of the catalogue.</summary>
    public Task<Result<Service>> AddAsync(ActorContext actor, ServiceDraft draft) => ChangeAsync(
        actor,
        "service add",
        draft,
        unit => (unit.Db.Services.Max(row => (int?)row.Id) ?? 0) is var last && last < Limits.MaxId
            ? New(last + 1, NextPosition(unit), enabled: true)
            : NoIdLeft,
        (unit, service) =>
        {
            unit.Db.Services.Add(ServiceReading.RowOf(service));
            return service;
        });

    /// <summary>Changes what the draft names.</summary>
    public Task<Result<Service>> EditAsync(ActorContext actor, int id, ServiceDraft draft) =>
        ChangeAsync(actor, "service edit", draft, unit => Find(unit, id), Replace);

    /// <summary>Enables or disables a service; a disabled one is neither listed nor sold.</summary>
    public Task<Result<Service>> EnableAsync(ActorContext actor, int id, bool enabled) => ChangeAsync(
        actor,
        enabled ? "service enable" : "service disable",
        new(),
        unit => Find(unit, id),
        (unit, service) => Replace(unit, service with { Enabled = enabled }));

    /// <summary>Moves a service to a place in the catalogue, counted from 1; the others make room.</summary>
    public Task<Result<Service>> MoveAsync(ActorContext actor, int id, int position) => ChangeAsync(
        actor,
        "service move",
        new(),
        unit => position >= 1 ? Find(unit, id) : new Refusal("incorrect_position", position),
        (unit, service) =>
        {
            var places = unit.Db.Services.Count();
            var (from, to) = (service.Position, Math.Clamp(position, 1, places));
            var (first, last, step) = to < from ? (to, from - 1, 1) : (from + 1, to, -1);
            unit.Db.Services
                .Where(row => row.Position >= first && row.Position <= last)
                .ExecuteUpdate(row => row.SetProperty(s => s.Position, s => s.Position + step));
            return Replace(unit, service with { Position = to });
        });

    /// <summary>A service with nothing said about it yet.</summary>
    public static Service New(int id, int position, bool enabled) => new()
    {
        Id = id,
        Position = position,
        Enabled = enabled,
        Type = ServiceType.Default,
        Category = "",
        Name = "",
        Rate = default,
        Min = 1,
        Max = Limits.MaxQuantity,
    };

    /// <summary>The parts of a draft that say something, for the audit.</summary>
    private static string Said(ServiceDraft draft) => string.Join(", ", typeof(ServiceDraft).GetProperties()
        .Select(part => (part.Name, Value: part.GetValue(draft)))
        .Where(part => part.Value is not null)
        .Select(part => $"{part.Name} {part.Value}"));

    public static Refusal Unknown(int id) => new("unknown_service", id);

    /// <summary>The place after the last.</summary>
    public static int NextPosition(UnitOfWork unit) => (unit.Db.Services.Max(row => (int?)row.Position) ?? 0) + 1;

    private static Result<Service> Find(UnitOfWork unit, int id) =>
        unit.Db.Services.FirstOrDefault(row => row.Id == id) is { } row
            ? ServiceReading.Of(row)
            : Unknown(id);

    private static Service Replace(UnitOfWork unit, Service service)
    {
        unit.Db.Services.Update(ServiceReading.RowOf(service));
        return service;
    }

    private async Task<Result<Service>> ChangeAsync(
        ActorContext actor,
        string action,
        ServiceDraft draft,
        Func<UnitOfWork, Result<Service>> start,
        Func<UnitOfWork, Service, Service> write)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await writes.RunAsync<Result<Service>>(actor, unit =>
        {
            if (!start(unit).Try(out var found, out var refusal))
            {
                return refusal;
            }

            if (drafts.Wrong(draft, found, out var service) is { } wrong)
            {
                return wrong;
            }

            service = write(unit, service);
            Audit.Write(unit, now, action, string.Create(CultureInfo.InvariantCulture, $"service {service.Id}"), Said(draft));
            if (service.Rate != found.Rate)
            {
                unit.Save();
                repriced(unit, service.Id, now);
            }

            return service;
        });
        catalogue.Forget();
        return done;
    }
}
