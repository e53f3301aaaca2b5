namespace PanelServer.Data;

/// <summary>The data folder's lock, from the moment it is taken until the panel is closed.</summary>
internal sealed class HeldFolder(PanelFolder folder) : IDisposable
{
    private FolderLock? _lock;

    /// <summary>Takes the lock.</summary>
    /// <param name="patience">How long to wait while another process has it.</param>
    /// <exception cref="FolderInUseException">Another process has it.</exception>
    /// <exception cref="PanelException">The folder cannot be made or written to.</exception>
    public async Task TakeAsync(TimeSpan patience) => _lock = await FolderLock.TakeAsync(folder.Path, patience) ?? throw new FolderInUseException(
        $"the data folder {folder.Path} is in use by another panelserver; stop it, or choose another with --data");

    /// <exception cref="InvalidOperationException">The lock is not held: a second process could write beside this one.</exception>
    public void EnsureHeld()
    {
        if (_lock is null)
        {
            throw new InvalidOperationException($"the data folder {folder.Path} is not locked yet");
        }
    }

    /// <summary>Removes the database, and the lock file and folders that were made with it; the lock stays held.</summary>
    public void RemoveNew()
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(folder.Database.Path + part);
        }

        _lock?.RemoveWhatItMade();
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }
}
