using System.CommandLine;
using System.Globalization;
using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary><c>restore</c>: puts a backup in the panel's place.</summary>
internal static class RestoreVerb
{
    private static readonly Argument<string> FileName = new("FILE") { Description = "A file that `backup` wrote" };
    private static readonly Option<bool> Force = new("--force") { Description = "Overwrite the panel that is there" };

    public static Command Command(Verbs verbs) => verbs.Plain(
        new("restore", "Puts a backup in the panel's place; the server must be stopped.\n\nExample:\n  panelserver restore panel-2026-01-31.backup --data /srv/panel")
        { FileName, Force },
        (context, _) => Task.FromResult(Restore(context)));

    private static int Restore(VerbContext context)
    {
        var (path, folder) = (context.FullPath(context.Get(FileName)), context.Folder);
        if (!File.Exists(path))
        {
            return context.Refuse($"there is no file {path}");
        }

        if (Backup.Inspect(path).Unfit(folder with { Path = Path.GetDirectoryName(path)! }, currency: null) is not null)
        {
            return context.Refuse(folder.IsSandbox ? $"{path} is not of a sandbox" : $"{path} is of a sandbox; restore it with --sandbox");
        }

        using var folderLock = FolderLock.TryTake(folder.Path);
        if (folderLock is null)
        {
            return context.Refuse($"the data folder {folder.Path} is in use by a running panelserver; stop it first");
        }

        if (File.Exists(folder.Database.Path) && !context.Get(Force))
        {
            return context.Refuse($"{folder.Database.Path} exists; --force overwrites it");
        }

        var paused = Backup.Restore(path, folder.Database, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var keys = Backup.CopyKeys(path + BackupVerb.KeysEnding, folder.KeyFolder);
        var providers = paused == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.NewLine}{paused} providers are paused: what was sent to them after the backup would be sent again; look there first, then `panelserver provider resume NAME`");
        return context.Write(
            new { File = path, Database = folder.Database.Path, PausedProviders = paused, Keys = keys },
            $"{path} restored to {folder.Database.Path}; `panelserver verify` proves its books{providers}");
    }
}
