using Microsoft.Data.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The hot reads: prepared statements on a connection that cannot write. One thread at a time.</summary>
internal sealed class ReadSession : IDisposable
{
    /// <summary>What a provider is to be asked to do: provider, kind, until, most.</summary>
    public const string DueOfProviderSql =
        """
        SELECT subject, order_id, at, attempts FROM due
        WHERE provider_id = ?1 AND kind = ?2 AND held = 0 AND at <= ?3 ORDER BY at, order_id, subject LIMIT ?4
        """;

    /// <summary>What a provider is to be asked about: provider, kind, until, most, the kind of the sendings.</summary>
    public static readonly string PollsSql =
        $"""
         SELECT d.subject, d.order_id, d.at, d.attempts, s.id, s.upstream_id, s.quantity, s.upstream_service, s.started_at
         FROM due d CROSS JOIN sendings s ON s.kind = ?5 AND s.subject = d.subject AND s.outcome = {(int)SubmissionOutcome.Accepted}
         WHERE d.provider_id = ?1 AND d.kind = ?2 AND d.held = 0 AND d.at <= ?3
         ORDER BY d.at, d.order_id, d.subject LIMIT ?4
         """;

    private const long Nothing = long.MaxValue;
    private const string OrderColumns = "o.id, o.type, o.status, o.charge - o.refunded, o.start_count, o.remains, o.runs";

    private readonly IDisposable _connection;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _keyOwner;
    private readonly Statement _ownRates;
    private readonly Statement _balance;
    private readonly Statement _order;
    private readonly Statement _orders;
    private readonly Statement _subscription;
    private readonly Statement _children;
    private readonly Statement _refill;
    private readonly Statement _retryKey;
    private readonly Statement _services;
    private readonly Statement _linkBlocks;
    private readonly Statement _identity;
    private readonly Statement _due;
    private readonly Statement _nextDue;
    private readonly Statement _providers;
    private readonly Statement _dueOfProvider;
    private readonly Statement _polls;
    private readonly Statement _words;
    private readonly Statement _firstToSend;
    private readonly Statement _routes;

    // Nothing is looked at: later than any commit.
    private long _lookedAt = Nothing;

    /// <param name="connection">A connection that only reads; it is closed with the reader.</param>
    public ReadSession(SqliteConnection connection)
        : this(SqliteNative.HandleOf(connection), connection)
    {
    }

    /// <param name="connection">A connection that only reads; it is closed with the reader.</param>
    public ReadSession(UnsharedConnection connection)
        : this(connection.Handle, connection)
    {
    }

    private ReadSession(nint connection, IDisposable owner)
    {
        _connection = owner;
        _begin = new(connection, "BEGIN");
        _end = new(connection, "COMMIT");
        _keyOwner = new(
            connection,
            """
            SELECT r.id, r.suspended, r.discount FROM api_keys k JOIN resellers r ON r.id = k.reseller_id
            WHERE k.hash = ?1 AND k.revoked_at IS NULL
            """);
        _ownRates = new(connection, "SELECT service_id, rate FROM reseller_rates WHERE reseller_id = ?1");
        _balance = new(connection, "SELECT balance FROM accounts WHERE id = ?1");
        _order = new(connection, $"SELECT {OrderColumns} FROM orders o WHERE o.id = ?1 AND o.reseller_id = ?2");
        _orders = new(connection, ManyOrders());
        _subscription = new(
            connection,
            "SELECT posts, old_posts, posts_done, expires_at FROM subscriptions WHERE order_id = ?1");
        _children = new(connection, "SELECT id FROM orders WHERE parent_id = ?1 ORDER BY id");
        _refill = new(connection, "SELECT status FROM refills WHERE id = ?1 AND reseller_id = ?2");
        _retryKey = new(connection, IdempotencyKeyStatements.FindSql);
        _services = new(connection, $"SELECT {ServiceColumns.All}, {ServiceColumns.FirstProvider} FROM services");
        _linkBlocks = new(connection, "SELECT kind, pattern FROM link_blocks ORDER BY id");
        _identity = new(connection, IdentityColumns.Sql);
        _due = new(
            connection,
            """
            SELECT kind, subject, order_id, at, attempts FROM due
            WHERE held = 0 AND provider_id IS NULL AND at <= ?1 ORDER BY at, order_id, kind, subject LIMIT ?2
            """);
        _nextDue = new(connection, "SELECT MIN(at) FROM due WHERE held = 0 AND provider_id IS NULL");
        _providers = new(
            connection,
            $"""
             SELECT id, name, url, secret, internal, currency, exchange, concurrency, per_second, paused, failures, open_until,
                    balance, balance_at, low_balance, compared_at, created_at, decimal_sign, {RouteStatements.HasExchange}, probe_at
             FROM providers p ORDER BY id
             """);
        _dueOfProvider = new(connection, DueOfProviderSql);
        _polls = new(connection, PollsSql);
        _words = new(connection, "SELECT word, meaning FROM provider_words WHERE provider_id = ?1");
        _firstToSend = new(
            connection,
            $"SELECT subject, order_id, at, attempts FROM due WHERE provider_id = ?1 AND kind = {(int)WorkKind.Send} AND held = 0 ORDER BY attempts, order_id LIMIT 1");
        _routes = new(
            connection,
            $"""
             SELECT r.service_id, r.enabled, {RouteStatements.HasExchange}, r.locked, r.seen_cost, r.accepted_cost, p.exchange, r.multiplier, s.rate, r.lock_kind
             FROM routes r JOIN providers p ON p.id = r.provider_id JOIN services s ON s.id = r.service_id
             """);
    }

    /// <summary>
    /// Makes sure that the reader looks at the books after so many commits or later. What it reads until it is told again
    /// is of one moment.
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

    /// <summary>Whether it still looks at the books before so many commits; to be asked from any thread.</summary>
    public bool IsLookingBefore(long commits) => Volatile.Read(ref _lookedAt) < commits;

    /// <summary>Ends looking, so that the log is free of this reader.</summary>
    public void ReleaseSnapshot()
    {
        if (_lookedAt != Nothing)
        {
            _end.Run();
            Volatile.Write(ref _lookedAt, Nothing);
        }
    }

    /// <summary>The owner of a key that is not revoked, by the key's hash.</summary>
    public KeyOwner? KeyOwner(byte[] hash)
    {
        var found = _keyOwner.Bind(1, hash.AsSpan()).Step()
            ? new KeyOwner(_keyOwner.Int(0), _keyOwner.Int(1) != 0, _keyOwner.Int(2))
            : null;
        _keyOwner.Reset();
        return found;
    }

    /// <summary>A reseller's own rates by service id.</summary>
    public Dictionary<int, Rate> OwnRates(int reseller)
    {
        var rates = new Dictionary<int, Rate>();
        _ownRates.Bind(1, reseller);
        while (_ownRates.Step())
        {
            rates.Add(_ownRates.Int(0), new(_ownRates.Long(1)));
        }

        return rates;
    }

    /// <summary>Every service, in no order.</summary>
    public List<Service> Services()
    {
        var services = new List<Service>();
        while (_services.Step())
        {
            services.Add(ServiceColumns.Read(_services));
        }

        return services;
    }

    /// <summary>The services that have routes of which none can be used: nobody can deliver them.</summary>
    public HashSet<int> Undeliverable()
    {
        var (routed, deliverable) = (new HashSet<int>(), new HashSet<int>());
        while (_routes.Step())
        {
            var service = _routes.Int(0);
            var cost = new RouteCost(RateAt(_routes, 4), RateAt(_routes, 5), new(_routes.Long(6)), new(_routes.Int(7)));
            var routeLock = RouteStatements.LockAt(_routes, kind: 9, text: 3);
            routed.Add(service);
            if (Routing.Obstacle(_routes.Int(1) != 0, _routes.Int(2) != 0, routeLock, cost, new(_routes.Long(8))) is null)
            {
                deliverable.Add(service);
            }
        }

        routed.ExceptWith(deliverable);
        return routed;
    }

    /// <summary>The bans and holds of links.</summary>
    public LinkBlockList LinkBlocks()
    {
        var blocks = new List<LinkBlock>();
        while (_linkBlocks.Step())
        {
            if (LinkPattern.Parse(_linkBlocks.Text(1), out _) is { } pattern)
            {
                blocks.Add(new((LinkBlockKind)_linkBlocks.Int(0), pattern));
            }
        }

        return blocks.Count == 0 ? LinkBlockList.Empty : new(blocks);
    }

    /// <summary>What the panel is; null in a database that has just been made.</summary>
    public PanelIdentity? Identity() => IdentityColumns.Read(_identity);

    public Money Balance(int reseller)
    {
        _balance.Bind(1, reseller).Step();
        var balance = new Money(_balance.Long(0));
        _balance.Reset();
        return balance;
    }

    /// <summary>A reseller's order; null when it does not exist or is another's.</summary>
    public OrderView? Order(int reseller, int id)
    {
        if (!_order.Bind(1, id).Bind(2, reseller).Step())
        {
            return null;
        }

        var view = ViewOf(_order);
        _order.Reset();
        return Whole(view);
    }

    /// <summary>Several orders of one moment, by id; those that do not exist or are another's are left out.</summary>
    /// <param name="reseller">Whose.</param>
    /// <param name="ids">At most <see cref="Limits.BatchIds"/>.</param>
    public Dictionary<int, OrderView> Orders(int reseller, IReadOnlyList<int> ids)
    {
        var views = new Dictionary<int, OrderView>(ids.Count);
        _orders.Bind(1, reseller);
        for (var at = 0; at < Limits.BatchIds; at++)
        {
            _orders.Bind(at + 2, at < ids.Count ? ids[at] : null as long?);
        }

        while (_orders.Step())
        {
            var view = Whole(ViewOf(_orders));
            views[view.Id] = view;
        }

        return views;
    }

    /// <summary>The state of a reseller's refill; null when it does not exist or is another's.</summary>
    public RefillStatus? Refill(int reseller, int id)
    {
        RefillStatus? status = _refill.Bind(1, id).Bind(2, reseller).Step()
            ? (RefillStatus)_refill.Int(0)
            : null;
        _refill.Reset();
        return status;
    }

    /// <summary>What is due, the earliest first, so many at the most.</summary>
    public List<ScheduledWork> Due(long now, int most)
    {
        var due = new List<ScheduledWork>();
        _due.Bind(1, now).Bind(2, most);
        while (_due.Step())
        {
            due.Add(new((WorkKind)_due.Int(0), _due.Int(1), _due.Int(2), _due.Long(3), _due.Int(4)));
        }

        return due;
    }

    /// <summary>When something happens next by itself, unix milliseconds; null when nothing will.</summary>
    public long? NextDue()
    {
        _nextDue.Step();
        long? at = _nextDue.IsNull(0) ? null : _nextDue.Long(0);
        _nextDue.Reset();
        return at;
    }

    /// <summary>Every provider.</summary>
    public List<ProviderView> Providers()
    {
        var providers = new List<ProviderView>();
        while (_providers.Step())
        {
            providers.Add(new()
            {
                Id = _providers.Int(0),
                Name = _providers.Text(1),
                Url = _providers.Text(2),
                Secret = _providers.Text(3),
                IsInternal = _providers.Int(4) != 0,
                Currency = _providers.IsNull(5) ? null : _providers.Text(5),
                Exchange = new(_providers.Long(6)),
                Concurrency = _providers.Int(7),
                PerSecond = _providers.Int(8),
                Paused = (Pause)_providers.Int(9),
                Failures = _providers.Int(10),
                OpenUntil = _providers.IsNull(11) ? null : _providers.Long(11),
                Balance = _providers.IsNull(12) ? null : _providers.Long(12),
                BalanceAt = _providers.IsNull(13) ? null : _providers.Long(13),
                LowBalance = _providers.IsNull(14) ? null : _providers.Long(14),
                ComparedAt = _providers.IsNull(15) ? null : _providers.Long(15),
                CreatedAt = _providers.Long(16),
                Sign = (DecimalSign)_providers.Int(17),
                HasExchange = _providers.Int(18) != 0,
                ProbeAt = _providers.IsNull(19) ? null : _providers.Long(19),
            });
        }

        return providers;
    }

    /// <summary>What is due with a provider, the earliest first, so many at the most.</summary>
    public List<ScheduledWork> DueOf(int provider, WorkKind kind, long now, int most)
    {
        var due = new List<ScheduledWork>();
        _dueOfProvider.Bind(1, provider).Bind(2, (int)kind).Bind(3, now).Bind(4, most);
        while (_dueOfProvider.Step())
        {
            due.Add(new(kind, _dueOfProvider.Int(0), _dueOfProvider.Int(1), _dueOfProvider.Long(2), _dueOfProvider.Int(3)));
        }

        return due;
    }

    /// <summary>The order that waits for a provider and was put off least often, due or not; null when none waits.</summary>
    public ScheduledWork? FirstToSend(int provider)
    {
        ScheduledWork? due = _firstToSend.Bind(1, provider).Step()
            ? new(WorkKind.Send, _firstToSend.Int(0), _firstToSend.Int(1), _firstToSend.Long(2), _firstToSend.Int(3))
            : null;
        _firstToSend.Reset();
        return due;
    }

    /// <summary>What words of a provider mean, by their plain form.</summary>
    public List<KeyValuePair<string, WordMeaning>> WordsOf(int provider)
    {
        var words = new List<KeyValuePair<string, WordMeaning>>();
        _words.Bind(1, provider);
        while (_words.Step())
        {
            words.Add(new(_words.Text(0), (WordMeaning)_words.Int(1)));
        }

        return words;
    }

    /// <summary>What a provider has and is to be asked about, the longest due first, so many at the most.</summary>
    /// <param name="provider">Which provider.</param>
    /// <param name="kind"><see cref="WorkKind.Order"/> or <see cref="WorkKind.Refill"/>.</param>
    /// <param name="until">Unix milliseconds.</param>
    /// <param name="most">So many at the most.</param>
    public List<PollDue> Polls(int provider, WorkKind kind, long until, int most)
    {
        var polls = new List<PollDue>();
        var asked = kind == WorkKind.Order ? SubmissionKind.Order : SubmissionKind.Refill;
        _polls.Bind(1, provider).Bind(2, (int)kind).Bind(3, until).Bind(4, most).Bind(5, (int)asked);
        while (_polls.Step())
        {
            polls.Add(new(
                new(kind, _polls.Int(0), _polls.Int(1), _polls.Long(2), _polls.Int(3)),
                _polls.Int(4),
                _polls.Text(5),
                _polls.Long(6),
                _polls.IsNull(7) ? null : _polls.Text(7),
                _polls.Long(8)));
        }

        return polls;
    }

    public StoredAnswer? RetryKey(int reseller, string key) => IdempotencyKeyStatements.Read(_retryKey, reseller, key);

    public void Dispose()
    {
        foreach (var statement in new[]
        {
            _begin, _end, _keyOwner, _ownRates, _balance, _order, _orders, _subscription, _children, _refill, _retryKey,
            _services, _linkBlocks, _identity, _due, _nextDue, _providers, _dueOfProvider, _polls, _words, _firstToSend, _routes,
        })
        {
            statement.Dispose();
        }

        _connection.Dispose();
        Volatile.Write(ref _lookedAt, Nothing);
    }

    /// <summary>One statement for a whole batch, which walks the given ids and keeps its place in the table.</summary>
    private static string ManyOrders()
    {
        var ids = string.Join(", ", Enumerable.Range(2, Limits.BatchIds).Select(at => $"(?{at})"));
        return $"""
            SELECT {OrderColumns} FROM (VALUES {ids}) asked CROSS JOIN orders o ON o.id = asked.column1
            WHERE o.reseller_id = ?1
            """;
    }

    private static Rate? RateAt(Statement row, int column) => row.IsNull(column) ? null : new Rate(row.Long(column));

    private static OrderView ViewOf(Statement order) => new(
        order.Int(0),
        order.Int(1),
        (OrderStatus)order.Int(2),
        new(order.Long(3)),
        order.Long(4),
        order.Long(5),
        order.IsNull(6) ? null : order.Int(6),
        Subscription: null,
        Children: []);

    /// <summary>The view with what lies in other rows, for the types that have such.</summary>
    private OrderView Whole(OrderView view) =>
        view.Type == ServiceType.Subscriptions.Id
            ? view with { Subscription = Subscription(view.Id), Children = Children(view.Id) }
            : view.Runs is not null ? view with { Children = Children(view.Id) }
            : view;

    private SubscriptionView Subscription(int id)
    {
        _subscription.Bind(1, id).Step();
        var view = new SubscriptionView(
            _subscription.IsNull(0) ? null : _subscription.Int(0),
            _subscription.Int(1),
            _subscription.Int(2),
            _subscription.IsNull(3) ? null : _subscription.Long(3));
        _subscription.Reset();
        return view;
    }

    private List<int> Children(int id)
    {
        var children = new List<int>();
        _children.Bind(1, id);
        while (_children.Step())
        {
            children.Add(_children.Int(0));
        }

        return children;
    }
}
