using System.Diagnostics.CodeAnalysis;

namespace PanelServer.Data;

/// <summary>
/// The one way in for every change. A unit of work is synchronous code that runs on the writer's own thread; many units
/// share one transaction, and their callers are answered after it is on disk. A unit states its precondition in its
/// WHERE clause and refuses by a value before its first write; a unit that throws is never committed.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>Units in one transaction.</summary>
    public const int BatchUnits = 256;

    /// <summary>Units that may wait; a fuller queue answers "try again" at once.</summary>
    public const int WaitingUnits = 8_192;

    // What is written until a log that could not be folded whole is tried again.
    private const int RetryPages = 1_000;

    private readonly Func<UnitOfWork> _open;
    private readonly ILogger _log;
    private readonly OncePerSecond _fullness = new();
    private readonly ReaderPool? _readers;
    private readonly Action? _catalogueChanged;
    private readonly WriteMetrics? _metrics;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Unit> _waiting = [];
    private bool _closing;
    private UnitOfWork? _writer;
    private long _failedAt = long.MinValue;
    private int _loggedPages;

    /// <summary>Starts the writer's thread on an open writer.</summary>
    /// <param name="open">Opens a writer, now and again after an engine error.</param>
    /// <param name="log">Where engine errors are told.</param>
    /// <param name="readers">Who reads beside it, and is to see what was written; null where nobody does.</param>
    /// <param name="catalogueChanged">Told after each commit that changes what is sold, and before its callers are answered.</param>
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

    /// <summary>Whether the database was found damaged; nothing is written while it rests.</summary>
    public DamageWatch Damage { get; }

    /// <summary>Whether the engine refused a batch within this time: a full disk lets small changes through now and then.</summary>
    public bool HasFailedWithin(TimeSpan time) =>
        Volatile.Read(ref _failedAt) > Environment.TickCount64 - (long)time.TotalMilliseconds;

    /// <summary>Runs a unit and answers when its transaction is on disk.</summary>
    /// <param name="actor">Who acts: the unit's audit rows name it.</param>
    /// <param name="work">The unit.</param>
    /// <exception cref="WritesUnavailableException">Nothing was written: the queue is full or closing, or the engine failed.</exception>
    public Task<T> RunAsync<T>(ActorContext actor, Func<UnitOfWork, T> work) => AddAsync(new Unit<T>(actor, work, UnitMode.Shared));

    /// <summary>
    /// Runs a unit to see what it would do: alone in a transaction of its own, which is taken back before the answer. It
    /// sees the books as they are in its turn, and leaves nothing in them.
    /// </summary>
    /// <exception cref="WritesUnavailableException">The queue is full or closing, or the engine failed.</exception>
    public Task<T> PreviewAsync<T>(ActorContext actor, Func<UnitOfWork, T> work) => AddAsync(new Unit<T>(actor, work, UnitMode.DryRun));

    /// <summary>
    /// Runs a unit by itself and without a transaction, when all that came before it is on disk: for what the engine does
    /// only so, such as exchanging the whole database. Nothing of it is taken back when it throws.
    /// </summary>
    /// <exception cref="WritesUnavailableException">The queue is full or closing, or the engine failed.</exception>
    public Task<T> RunAloneAsync<T>(ActorContext actor, Func<UnitOfWork, T> work) => AddAsync(new Unit<T>(actor, work, UnitMode.Exclusive));

    /// <summary>Finishes what waits, then folds the log into the database and closes it.</summary>
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

    private Task<T> AddAsync<T>(Unit<T> unit)
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
        var taken = new List<Unit>();
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

    /// <summary>How many units from one on share a transaction; one that is not for sharing is a batch of its own.</summary>
    private static int BatchLength(List<Unit> units, int first)
    {
        var single = units.FindIndex(first, unit => unit.Turn != UnitMode.Shared);
        return single == first ? 1 : Math.Min(BatchUnits, (single < 0 ? units.Count : single) - first);
    }

    /// <summary>Writes a batch; when one unit of several fails by itself, each is written alone, so that it harms no other.</summary>
    private void Write(List<Unit> batch)
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

        Unit? current = null;
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
                current.Fail(StorageException.In(error) ?? error);
                return;
            }

            batch.ForEach(unit => Write([unit]));
            return;
        }

        if (writer.TakeCatalogueChanges())
        {
            _catalogueChanged?.Invoke();
        }

        writer.TakeTold().ForEach(line => _log.LogWarning("{Told}", line));
        batch.ForEach(unit => unit.Complete());
        _loggedPages += writer.LoggedPages();
        if (_loggedPages >= PanelDatabase.CheckpointPages)
        {
            _loggedPages = TryCheckpoint(writer) ? 0 : PanelDatabase.CheckpointPages - RetryPages;
        }
    }

    /// <summary>Runs the units of a batch and ends it.</summary>
    /// <param name="writer">What they write with.</param>
    /// <param name="batch">Units of one turn.</param>
    /// <param name="current">The unit that is being run; null before and after them.</param>
    private void RunAll(UnitOfWork writer, List<Unit> batch, ref Unit? current)
    {
        var turn = batch[0].Turn;
        try
        {
            writer.Begin(turn);
            foreach (var unit in batch)
            {
                current = unit;
                writer.EnsureTransaction(turn);
                writer.Actor = unit.Actor;
                unit.Run(writer);
                writer.EndUnit(turn);
            }

            current = null;
            using var activity = Telemetry.Activities.StartActivity("panel.commit");
            var began = _metrics?.Begin() ?? 0;
            writer.End(turn);
            _metrics?.Committed(began, batch.Count);
        }
        finally
        {
            // Also after a failure, and before anybody is told: a unit that runs alone may have written before it threw.
            _readers?.MarkCommitted();
        }
    }

    /// <summary>
    /// Folds the log into the file and lets it begin anew. Readers let go before it, so that all of the log can be folded,
    /// and after it, so that none of them holds on to the log.
    /// </summary>
    /// <returns>False when somebody else looks at it, such as a backup.</returns>
    private bool TryCheckpoint(UnitOfWork writer)
    {
        try
        {
            _readers?.ReleaseSnapshots();
            var isWhole = writer.Checkpoint();
            _readers?.ReleaseSnapshots();
            return isWhole;
        }
        catch (ObjectDisposedException)
        {
            // The panel is closing: the last connection folds the log when it goes.
            return true;
        }
        catch (StorageException error)
        {
            if (!Damage.Meets(error))
            {
                _log.LogWarning("The log of the database could not be folded into it, it goes on growing: {Reason}", error.Message);
            }

            return false;
        }
    }

    // A constraint is the unit's own fault; anything else the engine says is about the file.
    private static bool IsEngineError(Exception error) => StorageException.In(error) is { Fault: not StorageFault.Constraint };

    private bool TryRollback(UnitOfWork writer, List<Unit> batch, Exception cause)
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

    /// <summary>Full disk, I/O error, corruption: nothing of the batch counts, and the connection is not trusted again.</summary>
    private void EngineFailed(List<Unit> batch, Exception error)
    {
        if (!Damage.Meets(error))
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
        catch (Exception failure) when (failure is StorageException or PanelException)
        {
            if (!Damage.Meets(failure))
            {
                _log.LogError("The database cannot be opened for writing: {Reason}", failure.Message);
            }

            writer = null;
            error = new WritesUnavailableException("the database cannot be opened", failure);
            return false;
        }
    }

    private abstract class Unit(ActorContext actor, UnitMode turn)
    {
        public UnitMode Turn => turn;

        public ActorContext Actor => actor;

        public abstract void Run(UnitOfWork writer);

        public abstract void Complete();

        public abstract void Fail(Exception error);
    }

    private sealed class Unit<T>(ActorContext actor, Func<UnitOfWork, T> work, UnitMode turn) : Unit(actor, turn)
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _outcome;

        public Task<T> Task => _answer.Task;

        public override void Run(UnitOfWork writer) => _outcome = work(writer);

        public override void Complete() => _answer.SetResult(_outcome!);

        public override void Fail(Exception error) => _answer.SetException(error);
    }
}
