using System.CommandLine;
using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary><c>backup</c>: a copy of one moment, also while the server serves.</summary>
internal static class BackupVerb
{
    private static readonly Argument<string> FileName = new("FILE") { Description = "The file to write; it must not exist" };

    public static Command Command(Verbs verbs) => verbs.Reading(
        new("backup", "Copies the database as it is at this moment.\n\nExample:\n  panelserver backup panel-2026-01-31.backup") { FileName },
        (context, _) =>
        {
            var path = context.FullPath(context.Get(FileName));
            if (Path.Exists(path))
            {
                return Task.FromResult(context.Refuse($"{path} exists; a backup never overwrites one"));
            }

            if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                return Task.FromResult(context.Refuse($"the folder {Path.GetDirectoryName(path)} does not exist; make it, or write elsewhere"));
            }

            Backup.Write(context.Folder.Database, path);
            var bytes = new FileInfo(path).Length;
            return Task.FromResult(context.Say(new { File = path, Bytes = bytes }, $"{bytes} bytes written to {path}"));
        });
}
