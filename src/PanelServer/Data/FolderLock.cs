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

    private FolderLock(FileStream file) => _file = file;

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
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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

    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK of flock; the other reasons (no space, read-only system) are not about a second process.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35;
}
