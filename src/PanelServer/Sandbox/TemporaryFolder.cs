using PanelServer.Data;

namespace PanelServer.Sandbox;

/// <summary>A private folder for a sandbox that nobody asked to keep: in memory where the system offers it, gone at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string MemoryFolder = "/dev/shm";
    private const string Prefix = "panelserver-sandbox-";

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    public static TemporaryFolder Create()
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(MemoryFolder))
        {
            return new(Directory.CreateTempSubdirectory(Prefix).FullName);
        }

        RemoveLeftOvers(MemoryFolder);
        var path = System.IO.Path.Combine(MemoryFolder, Prefix + System.IO.Path.GetRandomFileName());
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Another sandbox that starts at this moment took it for left over, and removes it as well.
        }
    }

    /// <summary>A sandbox that was killed leaves its folder: a process that can lock it may remove it.</summary>
    private static void RemoveLeftOvers(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                // Without a database it may be one that is being made at this moment.
                if (!File.Exists(PanelFolder.Of(folder, isSandbox: true).Database.Path))
                {
                    continue;
                }

                using var folderLock = FolderLock.TryTake(folder);
                if (folderLock is not null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception error) when (error is PanelException or IOException or UnauthorizedAccessException)
            {
                // Another user's, or going away already.
            }
        }
    }
}
