using System.Globalization;
using System.Text.RegularExpressions;
using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Sandbox;

/// <summary>
/// Whole worlds as files: kept, and put back in the place of the one that is played. Everything is in the database, so a
/// world is a copy of it, made by the engine itself on the writer's thread.
/// </summary>
internal sealed partial class SandboxSnapshots(PanelFolder panel, WriteQueue writes, ILogger<WriteQueue> log)
{
    /// <summary>Snapshots kept in a folder at the most.</summary>
    public const int MaxKept = 1_000;

    private const string Prefix = "snapshot-";
    private const string Suffix = ".db";
    private const string First = "first" + Suffix;

    private readonly string _folder = Path.Combine(panel.Path, "snapshots");
    private int _last;
    private PanelDatabase? _first;

    /// <summary>Keeps the world as it is now.</summary>
    /// <returns>Its name, which no other ever has.</returns>
    /// <exception cref="PanelException">The folder takes no file; the message says why.</exception>
    public async Task<Result<string>> KeepAsync()
    {
        MakeFolder();
        var kept = Kept();
        if (kept.Count >= MaxKept)
        {
            return new Refusal("too_many_snapshots", MaxKept, _folder);
        }

        _last = Math.Max(_last, kept.DefaultIfEmpty().Max()) + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{_last}");
        return await writes.RunAloneAsync(ActorContext.System, _ =>
        {
            try
            {
                Backup.Write(panel.Database, PathOf(name));
                return name;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageException)
            {
                // The folder's fault: the panel's own database is none the worse for it.
                throw Unkept(error);
            }
        });
    }

    /// <summary>Finds a kept world.</summary>
    /// <returns>Its database, or why it cannot be played.</returns>
    public Result<PanelDatabase> Find(string name)
    {
        var path = PathOf(name);
        if (!Names().IsMatch(name) || !File.Exists(path))
        {
            return new Refusal("unknown_snapshot");
        }

        try
        {
            return Backup.Inspect(path).IsSandbox
                ? new PanelDatabase(path)
                : new Refusal("no_snapshot.real_panel", path);
        }
        catch (PanelException error)
        {
            return new Refusal("no_snapshot", error.Message);
        }
    }

    /// <summary>The world that every sandbox begins with, made once in the life of the program.</summary>
    /// <exception cref="PanelException">The folder takes no file; the message says why.</exception>
    public async Task<PanelDatabase> FirstAsync()
    {
        if (_first is null)
        {
            MakeFolder();
            try
            {
                _first = await MakeFirstAsync();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageException or WritesUnavailableException)
            {
                throw Unkept(error);
            }
        }

        return _first;
    }

    /// <summary>Puts a world in the place of the one that is played; only its rows, not what is in memory.</summary>
    public Task ExchangeAsync(PanelDatabase world) => writes.RunAloneAsync(ActorContext.System, unit =>
    {
        unit.Exchange(world);
        return true;
    });

    private async Task<PanelDatabase> MakeFirstAsync()
    {
        foreach (var leftOver in Directory.GetFiles(_folder, First + "*"))
        {
            File.Delete(leftOver);
        }

        var first = new PanelDatabase(Path.Combine(_folder, First));
        await using (var making = new WriteQueue(() => UnitOfWork.Open(first, maxPages: 0), log))
        {
            await making.RunAsync(ActorContext.System, SandboxWorld.Create);
        }

        // One file without a log: it is only read from now on.
        first.MakeOneFile();
        return first;
    }

    private List<int> Kept() =>
    [
        .. Directory.EnumerateFiles(_folder)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => Names().IsMatch(name))
            .Select(name => int.Parse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture)),
    ];

    private string PathOf(string name) => Path.Combine(_folder, name + Suffix);

    private void MakeFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(_folder);
            }
            else
            {
                Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unkept(error);
        }
    }

    private PanelException Unkept(Exception cause) => new($"no world can be kept in {_folder}: {cause.Message}", cause);

    [GeneratedRegex(@"\Asnapshot-[1-9][0-9]{0,8}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
