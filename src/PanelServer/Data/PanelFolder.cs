using System.Text;

namespace PanelServer.Data;

/// <summary>A data folder and what lies in it.</summary>
/// <param name="Path">The folder, absolute.</param>
/// <param name="IsSandbox">Whether its sandbox is meant rather than the panel itself.</param>
internal sealed record PanelFolder(string Path, bool IsSandbox)
{
    /// <summary>Bytes of the longest path a Unix socket can have.</summary>
    private const int MaxSocketPathBytes = 107;

    private const string SocketName = "panel.sock";

    /// <summary>The folder at a path, however it is written: a verb and the server must mean the same one.</summary>
    public static PanelFolder Of(string path, bool isSandbox) =>
        new(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)), isSandbox);

    public PanelDatabase Database => new(InFolder(IsSandbox ? "sandbox.db" : "panel.db"));

    /// <summary>Whether its database is there.</summary>
    public DatabasePresence Presence => FileRights.Look(Database.Path);

    /// <summary>The same folder's other database: its sandbox, or the panel beside it.</summary>
    public PanelFolder Other => this with { IsSandbox = !IsSandbox };

    public string SettingsFile => InFolder("appsettings.json");

    /// <summary>The ring of keys that secrets are encrypted by (<see cref="SecretProtector"/>).</summary>
    public string KeyFolder => InFolder("keys");

    /// <summary>Where a running server listens for verbs, if its path is short enough for a socket.</summary>
    public string SocketPath => InFolder(SocketName);

    public bool IsSocketPathTooLong => Encoding.UTF8.GetByteCount(SocketPath) > MaxSocketPathBytes;

    /// <summary>Names the socket that lies elsewhere because the folder's path is too long.</summary>
    public string SocketPathFile => InFolder(SocketName + ".path");

    private string InFolder(string name) => System.IO.Path.Combine(Path, name);
}
