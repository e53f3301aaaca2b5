using System.CommandLine;
using PanelServer.Data;
using PanelServer.Ledger;

namespace PanelServer.Cli;

/// <summary><c>backup</c>: a copy of one moment, also while the server serves.</summary>
internal static class BackupVerb
{
    private static readonly Argument<string> FileName = new("FILE") { Description = "The file to write; it must not exist" };

    /// <summary>Where the ring of keys lies beside a backup that has it.</summary>
    public const string KeysEnding = ".keys";

    private static readonly Option<bool> WithKeys = new("--with-keys")
    {
        Description = $"Also copy the ring that the keys of providers are encrypted by, into FILE{KeysEnding}; keep it as safe as the keys",
    };

    public static Command Command(Verbs verbs) => verbs.Reading(
        new("backup", "Copies the database as it is at this moment, and proves the copy.\n\nExample:\n  panelserver backup panel-2026-01-31.backup") { FileName, WithKeys },
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

            Backup.Write(context.Folder.Database, path, copy => new Verify(copy).Balances());
            var bytes = new FileInfo(path).Length;
            var keys = context.Get(WithKeys) && Backup.CopyKeys(context.Folder.KeyFolder, path + KeysEnding);
            return Task.FromResult(context.Write(
                new { File = path, Bytes = bytes, Keys = keys },
                $"{bytes} bytes written to {path}{(keys ? $", the ring of keys to {path}{KeysEnding}" : "")}"));
        });
}
