using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PanelServer.Domain.Subscriptions;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// What a unit of work writes with: the writer's connection, prepared statements by noun and, for everything that is not
/// hot, an EF Core context of its own that is discarded when the unit ends. Only the <see cref="WriteQueue"/> begins and commits.
/// </summary>
internal sealed class UnitOfWork : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly nint _handle;
    private readonly DbContextOptions<PanelDb> _options;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _checkpoint;
    private readonly Statement _touch;
    private readonly Statement _seed;
    private readonly Statement _keepSeed;
    private readonly Statement _setClock;
    private readonly List<string> _logLines = [];
    private PanelDb? _db;
    private bool _changesCatalogue;

    private UnitOfWork(SqliteConnection connection)
    {
        _connection = connection;
        _handle = SqliteNative.HandleOf(connection);
        _options = new DbContextOptionsBuilder<PanelDb>().UseSqlite(connection).Options;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _checkpoint = new(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        _touch = new(connection, "UPDATE panel SET created_at = created_at");
        _seed = new(connection, "SELECT seed FROM panel");
        _keepSeed = new(connection, "UPDATE panel SET seed = ?1");
        _setClock = new(connection, "UPDATE panel SET clock = ?1 WHERE clock IS NOT NULL");
        OrderIds = new(connection, "next_order_id");
        RefillIds = new(connection, "next_refill_id");
        Accounts = new(connection);
        Orders = new(connection);
        IdempotencyKeys = new(connection);
        Services = new(connection);
        Due = new(connection);
        SideIndex = new(connection);
        SalesJournal = new(connection);
        DailyTotals = new(connection);
        Routes = new(connection);
        Submissions = new(connection);
        Reviews = new(connection);
        Alerts = new(connection);
    }

    /// <summary>Who acts in the unit that runs.</summary>
    public ActorContext Actor { get; set; } = ActorContext.System;

    public IdCounter OrderIds { get; }

    public IdCounter RefillIds { get; }

    /// <summary>Moves money in balances and books it.</summary>
    public AccountStatements Accounts { get; }

    /// <summary>Places orders.</summary>
    public OrderStatements Orders { get; }

    public IdempotencyKeyStatements IdempotencyKeys { get; }

    public ServiceStatements Services { get; }

    /// <summary>Scheduled work: what happens by itself, and when.</summary>
    public ScheduledWorkStatements Due { get; }

    /// <summary>Keeps which orders are a reseller's.</summary>
    public SideIndexStatements SideIndex { get; }

    /// <summary>Writes down what happens to a sale after its charge.</summary>
    public SalesJournalStatements SalesJournal { get; }

    /// <summary>Fills the table of days.</summary>
    public DailyTotalStatements DailyTotals { get; }

    /// <summary>Routes: which providers deliver a service.</summary>
    public RouteStatements Routes { get; }

    /// <summary>Submissions: what providers are asked to do, and the outcome.</summary>
    public SubmissionStatements Submissions { get; }

    /// <summary>Manual reviews.</summary>
    public ReviewStatements Reviews { get; }

    /// <summary>Alerts, and the orders they are about.</summary>
    public AlertStatements Alerts { get; }

    /// <summary>The unit's own context; it shares the batch's transaction.</summary>
    public PanelDb Db => _db ??= new PanelDb(_options);

    /// <summary>Opens the writing connection and brings the schema up to date.</summary>
    public static UnitOfWork Open(PanelDatabase database, int maxPages)
    {
        var connection = database.OpenWriter(maxPages);
        try
        {
            SchemaUpgrade.Run(connection);
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Logs a line when what the unit writes is on disk; not at all when it is rolled back.</summary>
    public void LogAfterCommit(string line) => _logLines.Add(line);

    /// <summary>The lines that the units of a batch want logged; each is returned once.</summary>
    public List<string> TakeLogLines()
    {
        if (_logLines.Count == 0)
        {
            return [];
        }

        var lines = _logLines.ToList();
        _logLines.Clear();
        return lines;
    }

    /// <summary>Writes the changes that the unit's context tracks; needed in a unit only to learn ids.</summary>
#pragma warning disable RS0030 // This is the write door.
    public void Save() => _db?.SaveChanges();
#pragma warning restore RS0030

    /// <summary>
    /// Ends one of several independent parts of a unit: what its context has gathered is written, and what it has loaded is
    /// forgotten, so that the next part sees the rows as they are now.
    /// </summary>
    public void EndPart()
    {
        Save();
        DiscardDb();
    }

    /// <summary>Marks that this unit may change which services are sold: the catalogue in memory is outdated after the commit.</summary>
    public void ChangesCatalogue() => _changesCatalogue = true;

    /// <summary>A number within bounds, drawn at random; from the panel's seed where it has one.</summary>
    public int Draw(int least, int most)
    {
        _seed.Step();
        RandomSeed? seed = _seed.IsNull(0) ? null : new(_seed.Long(0));
        _seed.Reset();
        var (number, next) = (seed ?? new(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))))).Draw(least, most);
        if (seed is not null)
        {
            _keepSeed.Bind(1, next.State).Run();
        }

        return number;
    }

    /// <summary>Sets the clock of a panel that has one of its own, unix milliseconds.</summary>
    /// <returns>False when its time is real.</returns>
    public bool SetClock(long instant) => _setClock.Bind(1, instant).Run() == 1;

    /// <summary>Writes something that changes nothing, to see whether the disk takes it.</summary>
    /// <returns>Rows written.</returns>
    public int Touch() => _touch.Run();

    /// <summary>
    /// Replaces the database by another one, as one change: a reader sees the old or the new. Only in a unit that runs alone.
    /// </summary>
    /// <param name="source">The database to copy; of this program's schema or an older one.</param>
    public void Exchange(PanelDatabase source)
    {
        using (var from = source.OpenReader())
        {
            PanelDatabase.Copy(from, _connection);
        }

        SchemaUpgrade.Run(_connection);
    }

    /// <summary>Begins a batch's transaction, if it has one.</summary>
    internal void Begin(UnitMode mode)
    {
        if (mode != UnitMode.Exclusive)
        {
            _begin.Run();
        }
    }

    /// <summary>SQLite rolls a transaction back itself on some errors; nothing may then be written outside of one.</summary>
    internal void EnsureTransaction(UnitMode mode)
    {
        if (mode != UnitMode.Exclusive && !IsInTransaction)
        {
            throw new WritesUnavailableException("the engine ended the transaction");
        }
    }

    /// <summary>Ends a unit: its context is saved and discarded.</summary>
    internal void EndUnit(UnitMode mode)
    {
        Save();
        DiscardDb();
        if (mode == UnitMode.Exclusive && IsInTransaction)
        {
            throw new InvalidOperationException("a unit that runs alone ends what it begins");
        }
    }

    /// <summary>Ends a batch: commits it, or rolls it back.</summary>
    internal void End(UnitMode mode)
    {
        if (mode == UnitMode.DryRun)
        {
            Rollback();
            return;
        }

        OrderIds.Keep();
        RefillIds.Keep();
        if (mode == UnitMode.Shared)
        {
            _commit.Run();
        }
    }

    /// <summary>Whether what was committed since this was last asked changes what is sold.</summary>
    internal bool TakeCatalogueChanges()
    {
        var changes = _changesCatalogue;
        _changesCatalogue = false;
        return changes;
    }

    /// <summary>Pages written to the log since this was last asked.</summary>
    internal int LoggedPages() => SqliteNative.TakeWrittenPages(_handle);

    /// <summary>
    /// Makes a checkpoint, as far as no reader's snapshot needs what it would overwrite. The log begins again with the next
    /// commit unless a reader still uses it.
    /// </summary>
    /// <returns>Whether it reached the end of the log.</returns>
    internal bool Checkpoint()
    {
        _checkpoint.Step();
        var (logged, folded) = (_checkpoint.Long(1), _checkpoint.Long(2));
        _checkpoint.Reset();
        return logged == folded;
    }

    /// <summary>Rolls the whole batch back.</summary>
    internal void Rollback()
    {
        DiscardDb();
        _changesCatalogue = false;
        _logLines.Clear();
        OrderIds.Forget();
        RefillIds.Forget();
        if (IsInTransaction)
        {
            _rollback.Run();
        }
    }

    /// <summary>Closes after an engine error, whatever state it left.</summary>
    internal void Abandon()
    {
        try
        {
            Rollback();
        }
        catch (StorageException)
        {
            // Closing the connection rolls the transaction back all the same.
        }

        Dispose();
    }

    public void Dispose()
    {
        DiscardDb();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _checkpoint.Dispose();
        _touch.Dispose();
        _seed.Dispose();
        _keepSeed.Dispose();
        _setClock.Dispose();
        OrderIds.Dispose();
        RefillIds.Dispose();
        Accounts.Dispose();
        Orders.Dispose();
        IdempotencyKeys.Dispose();
        Services.Dispose();
        Due.Dispose();
        SideIndex.Dispose();
        SalesJournal.Dispose();
        DailyTotals.Dispose();
        Routes.Dispose();
        Submissions.Dispose();
        Reviews.Dispose();
        Alerts.Dispose();
        _connection.Dispose();
    }

    private bool IsInTransaction => SqliteNative.Autocommit(_handle) == 0;

    private void DiscardDb()
    {
        _db?.Dispose();
        _db = null;
    }
}
