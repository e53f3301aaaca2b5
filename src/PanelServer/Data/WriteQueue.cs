using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace PanelServer.Data;

/// <summary>
/// The one way in for every change: a queue of units of work with group commit. A unit is synchronous code that runs on the
/// writer's own thread; many units share one transaction, and their callers are answered after it is on disk. A unit states
/// its precondition in its WHERE clause and refuses by a value before its first write; a unit that throws is never committed.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>Units in one transaction.</summary>
    public const int BatchUnits = 256;

    /// <summary>Units that may wait; a full queue refuses further ones without waiting.</summary>
    public const int WaitingUnits = 8_192;

    private readonly Func<UnitOfWork> _open;
    private readonly ILogger _log;
    private readonly OncePerSecond _fullness = new();
    private readonly ReaderPool? _readers;
    private readonly Action? _catalogueChanged;
    private readonly WriteMetrics? _metrics;
    private readonly LogCheckpoints _checkpoints;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<QueuedUnit> _waiting = [];
    private bool _closing;
    private UnitOfWork? _writer;
    private long _failedAt = long.MinValue;

    /// <summary>Starts the writer's thread on an open writer.</summary>
    /// <param name="open">Opens a writer, now and again after an engine error.</param>
    /// <param name="log">Where engine errors are logged.</param>
    /// <param name="readers">The readers of the same database, which must see each commit; null where there are none.</param>
    /// <param name="catalogueChanged">Called after each commit that changes what is sold, and before its callers are answered.</param>
    /// <param name="metrics">What is measured; null where nothing is.</param>
    public WriteQueue(
        Func<UnitOfWork> open,
        ILogger log,
        ReaderPool? readers = null,
        Action? catalogueChanged = null,
        WriteMetrics? metrics = null)
    {
        _metrics = metrics;
        _catalogueChanged = catalogueChanged;
        _open = open;
        _log = log;
        Damage = new(log);
        _readers = readers;
        _checkpoints = new(readers, Damage, log);
        _writer = open();
        _thread = new Thread(Loop) { Name = "writer", IsBackground = true };
        _thread.Start();
        metrics?.Show(() => Waiting);
    }

    private int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Whether the database was found damaged; nothing is written for a while then.</summary>
    public DamageWatch Damage { get; }

    /// <summary>Whether the engine refused a batch within this time: a full disk lets small changes through now and then.</summary>
    public bool HasFailedWithin(TimeSpan time) =>
        Volatile.Read(ref _failedAt) > Environment.TickCount64 - (long)time.TotalMilliseconds;

    /// <summary>Runs a unit and answers when its transaction is on disk.</summary>
    /// <param name="actor">Who acts: the unit's audit rows name it.</param>
    /// <param name="work">The unit.</param>
    /// <exception cref="WritesUnavailableException">Nothing was written: the queue is full or closing, or the engine failed.</exception>
    public Task<T> RunAsync<T>(ActorContext actor, Func<UnitOfWork, T> work) => AddAsync(new QueuedUnit<T>(actor, work, UnitMode.Shared));

    /// <summary>
    /// Dry run: the unit runs alone in a transaction, which is rolled back before the answer.
    /// </summary>
    /// <exception cref="WritesUnavailableException">The queue is full or closing, or the engine failed.</exception>
    public Task<T> PreviewAsync<T>(ActorContext actor, Func<UnitOfWork, T> work) => AddAsync(new QueuedUnit<T>(actor, work, UnitMode.DryRun));

    /// <summary>
    /// Runs a unit alone and without a transaction, when all that came before it is on disk: for what the engine does only
    /// outside of one, such as replacing the whole database. Nothing of it is rolled back when it throws.
    /// </summary>
    /// <exception cref="WritesUnavailableException">The queue is full or closing, or the engine failed.</exception>
    public Task<T> RunAloneAsync<T>(ActorContext actor, Func<UnitOfWork, T> work) => AddAsync(new QueuedUnit<T>(actor, work, UnitMode.Exclusive));

    /// <summary>Runs the units that wait, then closes the database, which makes a last checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closing)
            {
                _closing = true;
                _work.Release();
            }
        }

        await _ended.Task;
    }

    private Task<T> AddAsync<T>(QueuedUnit<T> unit)
    {
        lock (_gate)
        {
            if (_closing || _waiting.Count >= WaitingUnits)
            {
                if (!_closing && _fullness.IsNext())
                {
                    _log.LogWarning("{Units} changes wait to be written: further ones are refused", WaitingUnits);
                }

                return Task.FromException<T>(new WritesUnavailableException(_closing ? "closing" : "queue full"));
            }

            _waiting.Add(unit);
            if (_waiting.Count == 1)
            {
                _work.Release();
            }
        }

        return unit.Task;
    }

    private void Loop()
    {
        var taken = new List<QueuedUnit>();
        while (true)
        {
            _work.Wait();
            lock (_gate)
            {
                (_waiting, taken) = (taken, _waiting);
                if (taken.Count == 0 && _closing)
                {
                    break;
                }
            }

            for (int at = 0, length; at < taken.Count; at += length)
            {
                length = BatchLength(taken, at);
                Write(taken.GetRange(at, length));
            }

            taken.Clear();
        }

        _writer?.Dispose();
        _ended.SetResult();
    }

    /// <summary>How many units from an index on share a transaction; a unit of another mode is a batch of its own.</summary>
    private static int BatchLength(List<QueuedUnit> units, int first)
    {
        var single = units.FindIndex(first, unit => unit.Mode != UnitMode.Shared);
        return single == first ? 1 : Math.Min(BatchUnits, (single < 0 ? units.Count : single) - first);
    }

    /// <summary>Writes a batch; when one unit of several throws, each is written alone, so that it harms no other.</summary>
    private void Write(List<QueuedUnit> batch)
    {
        if (Damage.IsResting)
        {
            batch.ForEach(unit => unit.Fail(new WritesUnavailableException("the database is damaged; see `panelserver check`")));
            return;
        }

        if (!TryOpen(out var writer, out var unavailable))
        {
            batch.ForEach(unit => unit.Fail(unavailable));
            return;
        }

        QueuedUnit? current = null;
        try
        {
            RunAll(writer, batch, ref current);
        }
        catch (Exception error) when (IsEngineError(error))
        {
            EngineFailed(batch, error);
            return;
        }
#pragma warning disable CA1031 // Whatever a unit throws belongs to its caller, never to the writer's thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (current is null || !TryRollback(writer, batch, error))
            {
                EngineFailed(batch, error);
                return;
            }

            if (batch.Count == 1)
            {
                current.Fail(error is DbException or DbUpdateException ? StorageException.In(error) ?? error : error);
                return;
            }

            batch.ForEach(unit => Write([unit]));
            return;
        }

        if (writer.TakeCatalogueChanges())
        {
            _catalogueChanged?.Invoke();
        }

        writer.TakeLogLines().ForEach(line => _log.LogWarning("{Line}", line));
        batch.ForEach(unit => unit.Complete());
        _checkpoints.AfterCommit(writer);
    }

    /// <summary>Runs the units of a batch and ends it.</summary>
    /// <param name="writer">What they write with.</param>
    /// <param name="batch">Units of one mode.</param>
    /// <param name="current">The unit that is being run; null before and after them.</param>
    private void RunAll(UnitOfWork writer, List<QueuedUnit> batch, ref QueuedUnit? current)
    {
        var mode = batch[0].Mode;
        try
        {
            writer.Begin(mode);
            foreach (var unit in batch)
            {
                current = unit;
                writer.EnsureTransaction(mode);
                writer.Actor = unit.Actor;
                unit.Run(writer);
                writer.EndUnit(mode);
            }

            current = null;
            var activity = Telemetry.Activities.StartActivity("panel.commit");
            var began = _metrics?.Begin() ?? 0;
            writer.End(mode);
            if (activity is not null || began != 0)
            {
                Telemetry.Measure(() =>
                {
                    activity?.Dispose();
                    _metrics?.Committed(began, batch.Count);
                });
            }
        }
        finally
        {
            // Also after a failure, and before callers are answered: a unit that runs alone may have written before it threw.
            _readers?.MarkCommitted();
        }
    }

    // A broken constraint is the unit's own fault; any other failure of the engine is about the file.
    private static bool IsEngineError(Exception error) => StorageException.In(error) is { Fault: not StorageFault.Constraint };

    private bool TryRollback(UnitOfWork writer, List<QueuedUnit> batch, Exception cause)
    {
        try
        {
            writer.Rollback();
            return true;
        }
        catch (StorageException error)
        {
            _log.LogError("Rollback of {Units} units failed: {Reason}; after: {Cause}", batch.Count, error.Message, cause.Message);
            return false;
        }
    }

    /// <summary>Full disk, I/O error, corruption: nothing of the batch counts, and the connection is closed.</summary>
    private void EngineFailed(List<QueuedUnit> batch, Exception error)
    {
        if (!Damage.Detects(error))
        {
            _log.LogError("The database refused a batch of {Units} changes, none was written: {Reason}", batch.Count, error.GetBaseException().Message);
        }

        Volatile.Write(ref _failedAt, Environment.TickCount64);
        _writer?.Abandon();
        _writer = null;
        batch.ForEach(unit => unit.Fail(new WritesUnavailableException("the database refused the batch", error)));
    }

    private bool TryOpen([NotNullWhen(true)] out UnitOfWork? writer, [NotNullWhen(false)] out Exception? error)
    {
        error = null;
        try
        {
            writer = _writer ??= _open();
            return true;
        }
        catch (Exception failure) when (failure is PanelException || StorageException.In(failure) is not null)
        {
            if (!Damage.Detects(failure))
            {
                _log.LogError("The database cannot be opened for writing: {Reason}", failure.Message);
            }

            writer = null;
            error = new WritesUnavailableException("the database cannot be opened", failure);
            return false;
        }
    }
}
