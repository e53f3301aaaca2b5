using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Hosting.Settings;
using PanelServer.Providers;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary><c>check</c>: whether everything the panel stands on is sound, a line each.</summary>
internal static class CheckVerb
{
    private const long MinFreeBytes = 256L * 1024 * 1024;

    /// <summary>No panel was ever served before this year: a clock that says so is wrong.</summary>
    private const int MinYear = 2026;

    private sealed record Line(string What, bool Ok, string Said);

    public static Command Command(Verbs verbs) => verbs.Plain(
        new("check", "Checks configuration, database, SQLite, clock, disk and providers"),
        (context, _) =>
        {
            var folder = context.Folder;
            List<Line> lines =
            [
                Try("configuration", () => Configuration(SettingsReader.Read(folder))),
                Try("database", () => Database(folder)),
                Engine(),
                Clock(),
                Try("disk", () => Disk(folder)),
                Try("providers", () => Providers(folder)),
            ];
            context.WriteTable(
                lines,
                "",
                line => new { Check = line.What, line.Ok, line.Said },
                ("CHECK", line => line.What),
                ("", line => line.Ok ? "ok" : "WRONG"),
                ("", line => line.Said));
            return Task.FromResult(lines.All(line => line.Ok) ? VerbContext.Done : VerbContext.Refused);
        });

    private static Line Try(string what, Func<(bool Ok, string Said)> check)
    {
        try
        {
            var (ok, said) = check();
            return new(what, ok, said);
        }
        catch (Exception error) when (error is PanelException or StorageException or IOException or UnauthorizedAccessException)
        {
            return new(what, false, error.Message);
        }
    }

    private static (bool, string) Configuration(IConfiguration settings)
    {
        var (contract, limits) = (SettingsTable.Contract.Read(settings), SettingsTable.Limits.Read(settings));
        return (
            true,
            $"GET {contract.Get}, body up to {contract.MaxBody} bytes, {limits.CallsPerSecond} calls a second and {limits.ConcurrentCalls} at a time for each reseller");
    }

    private static (bool, string) Database(PanelFolder folder)
    {
        if (folder.Presence != DatabasePresence.There)
        {
            return folder.Presence == DatabasePresence.None
                ? (true, $"none at {folder.Database.Path} yet; `panelserver serve` makes it")
                : (false, FolderState.Unreadable(folder.Database.Path));
        }

        var version = folder.Database.Schema();
        var damage = folder.Database.Damage();
        if (damage is not null || version == 0)
        {
            return (false, $"{folder.Database.Path} {(damage is null ? "holds no panel" : $"is damaged: {damage}")}; `panelserver restore FILE --force` replaces it");
        }

        if (folder.Database.Identity()?.Unfit(folder, SettingsTable.Panel.Read(SettingsReader.Read(folder)).Currency) is { } why)
        {
            return (false, why);
        }

        return (
            version <= PanelDatabase.NewestSchema,
            $"{folder.Database.Path}, {folder.Database.Bytes()} bytes, schema {version} of {PanelDatabase.NewestSchema}, sound");
    }

    private static (bool, string) Providers(PanelFolder folder)
    {
        if (folder.Presence == DatabasePresence.Unreadable)
        {
            return (false, FolderState.Unreadable(folder.Database.Path));
        }

        if (folder.Presence != DatabasePresence.There || folder.Database.Schema() != PanelDatabase.NewestSchema)
        {
            return (true, "none: orders are fulfilled by hand");
        }

        using var session = folder.Database.OpenReadSession();
        var providers = session.Providers.All();
        var ring = new SecretProtector(folder);
        if (providers.FindAll(provider => ring.Unprotect(provider.Secret) is null) is { Count: > 0 } lost)
        {
            return (false, string.Join("; ", lost.Select(provider => CommandLineTexts.Of(ProviderDirectory.KeyLost(provider.Name)))));
        }

        var unfit = providers.FindAll(provider => !provider.Circuit.TakesOrders || !provider.HasExchange);
        var withoutRate = unfit.FindAll(provider => !provider.HasExchange);
        return (
            unfit.Count == 0,
            providers.Count == 0 ? "none: orders are fulfilled by hand"
            : unfit.Count == 0 ? $"{providers.Count} in use"
            : $"not in use: {string.Join(", ", unfit.Select(provider => provider.Name))}; see `panelserver provider list`"
                + (withoutRate.Count == 0 ? "" : $"; in another currency without an exchange rate: {string.Join(", ", withoutRate.Select(provider => $"{provider.Name} ({provider.Currency})"))}"));
    }

    private static Line Engine() => new(PanelDatabase.EngineName, true, PanelDatabase.EngineVersion);

    private static Line Clock()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new("clock", now.Year >= MinYear, now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static (bool, string) Disk(PanelFolder folder)
    {
        var existing = folder.Path;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var drive = new DriveInfo(existing);
        return (
            drive.AvailableFreeSpace >= MinFreeBytes,
            string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / 1_048_576} MiB free on {drive.Name}"));
    }
}
