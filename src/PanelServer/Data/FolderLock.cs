namespace PanelServer.Data;

/// <summary>
/// Makes sure that one process at a time writes in a data folder: an advisory lock on an open file, which the system
/// drops with the process, however it ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "panel.lock";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;
    private readonly bool _isNew;
    private readonly IReadOnlyList<string> _made;

    private FolderLock(FileStream file, bool isNew, IReadOnlyList<string> made) => (_file, _isNew, _made) = (file, isNew, made);

    /// <summary>Takes the lock, waiting a moment for another process to give it back; null when it does not.</summary>
    /// <exception cref="PanelException">The folder cannot be made or written to.</exception>
    public static async Task<FolderLock?> TakeAsync(string folder, TimeSpan patience)
    {
        var tries = (int)(patience / BetweenTries);
        for (var attempt = 0; attempt < tries; attempt++)
        {
            if (TryTake(folder) is { } taken)
            {
                return taken;
            }

            await Task.Delay(BetweenTries);
        }

        return TryTake(folder);
    }

    /// <summary>Takes the lock; null when another process holds it.</summary>
    /// <exception cref="PanelException">The folder cannot be made or written to.</exception>
    public static FolderLock? TryTake(string folder)
    {
        var missing = MissingFolders(folder);
        try
        {
            // Balances, links and hashes of keys are nobody else's to read.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PanelException($"the data folder {folder} cannot be made: {error.Message}", error);
        }

        var path = Path.Combine(folder, FileName);
        var isNew = !File.Exists(path);
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), isNew, missing);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new PanelException($"the data folder {folder} cannot be written to: {error.Message}", error);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
        catch (IOException error)
        {
            throw new PanelException($"the data folder {folder} cannot be written to: {error.Message}", error);
        }
    }

    /// <summary>Whether somebody holds the lock at this moment. Makes nothing.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using var shared = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException error)
        {
            return IsHeld(error);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes the lock file and the folders that were made for it, as far as they are empty; the lock stays held.</summary>
    public void RemoveWhatItMade()
    {
        if (_isNew)
        {
            File.Delete(_file.Name);
        }

        foreach (var folder in _made.TakeWhile(folder => !Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            Directory.Delete(folder);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The folders that taking the lock has to make, the innermost first.</summary>
    private static List<string> MissingFolders(string folder)
    {
        var missing = new List<string>();
        for (var at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing.Add(at);
        }

        return missing;
    }

    // EWOULDBLOCK of flock; the other reasons (no space, read-only system) are not about a second process.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35;
}
