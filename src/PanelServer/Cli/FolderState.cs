using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary>Why a verb cannot work on a data folder: one line that names the folder and the way out.</summary>
internal static class FolderState
{
    /// <summary>Why a path is no data folder at all; null when it is one, or none is there yet.</summary>
    public static string? NoFolder(PanelFolder folder)
    {
        if (!File.Exists(folder.Path))
        {
            return null;
        }

        var parent = Path.GetDirectoryName(folder.Path);
        return Path.GetFileName(folder.Path) == Path.GetFileName((folder with { IsSandbox = true }).Database.Path)
            ? $"--data {folder.Path} is a sandbox's file, and --data takes the folder it lies in: `panelserver serve --sandbox --data {parent}`"
            : $"--data {folder.Path} is a file, and --data takes the folder it lies in: `--data {parent}`";
    }

    /// <summary>Why there is nothing to work on; null when there is a database.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isNamed">Whether the caller named it.</param>
    public static string? NoPanel(PanelFolder folder, bool isNamed) => folder.Presence switch
    {
        DatabasePresence.There => null,
        DatabasePresence.Unreadable => Unreadable(folder.Database.Path),
        _ when folder.Other.Presence == DatabasePresence.There => OnlyTheOther(folder),
        _ when folder.IsSandbox => $"there is no sandbox at {folder.Database.Path}; `panelserver serve --sandbox --data {folder.Path}` makes one that stays",
        _ => $"there is no panel at {folder.Database.Path}; {(isNamed ? $"`panelserver serve --data {folder.Path}` makes one" : "name its folder by --data DIR")}",
    };

    /// <summary>Why a verb that may begin a panel does not do so here; null when it may, or there is one.</summary>
    public static string? NotBegun(PanelFolder folder, bool isNamed) => folder.Presence switch
    {
        DatabasePresence.None when isNamed && folder.Other.Presence != DatabasePresence.There => null,
        _ => NoPanel(folder, isNamed),
    };

    /// <summary>Why this program cannot read the database; null when it can.</summary>
    public static string? Unfit(PanelFolder folder) => folder.Database.Unfit();

    /// <summary>An error of the engine for an operator.</summary>
    public static string EngineWords(PanelFolder folder, StorageException error) => error.Fault == StorageFault.NotOpened
        ? Unreadable(folder.Database.Path)
        : $"{folder.Database.Path}: {error.Message}";

    /// <summary>What is said of a database that belongs to another user.</summary>
    public static string Unreadable(string path) =>
        $"{path} cannot be read by the user {Environment.UserName}: run this as the user it belongs to, such as `sudo -u panelserver panelserver …`";

    private static string OnlyTheOther(PanelFolder folder) => folder.IsSandbox
        ? $"there is no sandbox at {folder.Database.Path}; the folder holds a panel: leave --sandbox out, or `panelserver serve --sandbox --data {folder.Path}` makes a sandbox beside it"
        : $"there is no panel at {folder.Database.Path}; the folder holds a sandbox: add --sandbox, `panelserver serve --sandbox --data {folder.Path}` runs it";
}
