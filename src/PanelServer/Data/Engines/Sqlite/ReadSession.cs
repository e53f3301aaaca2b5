namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// The hot reads: prepared statements on a connection that cannot write, by noun. A noun's statements are prepared when they
/// are first used. One thread at a time.
/// </summary>
internal sealed class ReadSession : IDisposable
{
    private const long Nothing = long.MaxValue;

    private readonly IDisposable _owner;
    private readonly nint _connection;
    private readonly Statement _begin;
    private readonly Statement _end;
    private Statement? _identity;
    private CallerReads? _callers;
    private OrderReads? _orders;
    private CatalogueReads? _catalogue;
    private ScheduledWorkReads? _work;
    private ProviderReads? _providers;

    // No snapshot is held: later than any commit.
    private long _lookedAt = Nothing;

    /// <param name="connection">A connection that only reads; it is closed with the session.</param>
    public ReadSession(UnsharedConnection connection)
    {
        _owner = connection;
        _connection = connection.Handle;
        _begin = new(_connection, "BEGIN");
        _end = new(_connection, "COMMIT");
    }

    /// <summary>What a call needs to know of its caller.</summary>
    public CallerReads Callers => _callers ??= new(_connection);

    /// <summary>Orders and refills as their reseller may see them.</summary>
    public OrderReads Orders => _orders ??= new(_connection);

    /// <summary>Services and links that are not taken.</summary>
    public CatalogueReads Catalogue => _catalogue ??= new(_connection);

    /// <summary>What is due.</summary>
    public ScheduledWorkReads Work => _work ??= new(_connection);

    /// <summary>Upstream panels.</summary>
    public ProviderReads Providers => _providers ??= new(_connection);

    /// <summary>What the panel is; null in a database that has just been made.</summary>
    public PanelIdentity? Identity() => IdentityColumns.Read(_identity ??= new(_connection, IdentityColumns.Sql));

    /// <summary>
    /// Makes sure that the snapshot includes this many commits. What is read until the next refresh is of one moment.
    /// </summary>
    public void Refresh(long commits)
    {
        if (_lookedAt != commits)
        {
            ReleaseSnapshot();
            _begin.Run();
            Volatile.Write(ref _lookedAt, commits);
        }
    }

    /// <summary>Whether its snapshot is older than this many commits; to be asked from any thread.</summary>
    public bool IsLookingBefore(long commits) => Volatile.Read(ref _lookedAt) < commits;

    /// <summary>Ends the snapshot, so that the log is free of this session.</summary>
    public void ReleaseSnapshot()
    {
        if (_lookedAt != Nothing)
        {
            _end.Run();
            Volatile.Write(ref _lookedAt, Nothing);
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _identity?.Dispose();
        _callers?.Dispose();
        _orders?.Dispose();
        _catalogue?.Dispose();
        _work?.Dispose();
        _providers?.Dispose();
        _owner.Dispose();
        Volatile.Write(ref _lookedAt, Nothing);
    }
}
