using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;

namespace PanelServer.Ledger;

/// <summary>
/// Proves each order by itself, with its moves and its transfers beside it: that none is missing, that it cost what its rate
/// says, that its moves are legal and without a hole, and that with each of them went back what was owed then. All three
/// tables are read once, in the order of the orders' ids, in parts: so nothing is gathered, and no reading lasts long.
/// The arithmetic and the lifecycles are the domain's.
/// </summary>
/// <param name="connection">A connection that reads.</param>
/// <param name="mostPerRule">Findings listed for one rule.</param>
internal sealed class OrderHistories(SqliteConnection connection, int mostPerRule) : IDisposable
{
    /// <summary>Ids of one reading.</summary>
    private const int Part = 250_000;

    private static readonly ServiceType?[] Types = [.. Enumerable.Range(0, ServiceType.All.Max(type => type.Id) + 1)
        .Select(id => ServiceType.All.FirstOrDefault(type => type.Id == id))];

    private readonly Statement _counter = new(connection, "SELECT next_order_id, kind, (SELECT MIN(id) FROM orders) FROM panel");

    private readonly Statement _orders = new(
        connection,
        """
        SELECT o.id, o.type, o.status, o.version, o.quantity, o.remains, o.rate, o.charge, o.refunded, o.runs, o.created_at,
               o.completed_at, o.parent_id IS NOT NULL AND p.runs IS NOT NULL, o.details
        FROM orders o LEFT JOIN orders p ON p.id = o.parent_id
        WHERE o.id >= ?1 AND o.id < ?2 ORDER BY o.id
        """);

    private readonly Statement _moves = new(
        connection,
        """
        SELECT order_id, version, at, actor, from_status, to_status, remains FROM order_moves
        WHERE order_id >= ?1 AND order_id < ?2 ORDER BY order_id, version
        """);

    private readonly Statement _transfers = new(
        connection,
        $"""
         SELECT subject, kind, version, amount, at FROM transfers
         WHERE subject >= ?1 AND subject < ?2 AND kind IN ({(int)TransferKind.Charge}, {(int)TransferKind.Refund}, {(int)TransferKind.Reversal})
         ORDER BY subject, kind, version
         """);

    private readonly Dictionary<string, int> _found = [];
    private readonly List<string> _findings = [];
    private readonly List<Move> _itsMoves = [];
    private readonly List<Booking> _itsTransfers = [];

    /// <summary>Walks through all orders.</summary>
    public IReadOnlyList<string> Findings()
    {
        long from = 0;
        var next = long.MaxValue;
        for (var isFirst = true; isFirst || from < next; isFirst = false)
        {
            using var moment = new ReadTransaction(connection);
            _counter.Step();
            next = _counter.Long(0);
            var first = PanelIdentity.FirstOrderOf(_counter.Text(1));
            from = isFirst ? Math.Min(first, _counter.IsNull(2) ? first : _counter.Long(2)) : from;
            _counter.Reset();
            var to = Math.Min(from + Part, next);
            Walk(from, to, first);
            from = to;
        }

        return _findings;
    }

    public void Dispose()
    {
        _counter.Dispose();
        _orders.Dispose();
        _moves.Dispose();
        _transfers.Dispose();
    }

    private void Walk(long from, long to, long first)
    {
        var hasMove = _moves.Bind(1, from).Bind(2, to).Step();
        var hasTransfer = _transfers.Bind(1, from).Bind(2, to).Step();
        var expected = Math.Max(from, first);
        _orders.Bind(1, from).Bind(2, to);
        while (_orders.Step())
        {
            var order = Read();
            Missing(expected, order.Id);
            expected = Math.Max(expected, order.Id + 1);
            _itsMoves.Clear();
            for (; hasMove && _moves.Long(0) <= order.Id; hasMove = _moves.Step())
            {
                if (_moves.Long(0) == order.Id)
                {
                    _itsMoves.Add(new(_moves.Long(1), _moves.Long(2), (Actor)_moves.Long(3), (OrderStatus)_moves.Long(4), (OrderStatus)_moves.Long(5), _moves.Long(6)));
                }
            }

            _itsTransfers.Clear();
            for (; hasTransfer && _transfers.Long(0) <= order.Id; hasTransfer = _transfers.Step())
            {
                if (_transfers.Long(0) == order.Id)
                {
                    _itsTransfers.Add(new((TransferKind)_transfers.Long(1), _transfers.Long(2), _transfers.Long(3), _transfers.Long(4)));
                }
            }

            Prove(order);
        }

        _moves.Reset();
        _transfers.Reset();
        Missing(expected, to);
    }

    private Row Read() => new()
    {
        Id = _orders.Long(0),
        Type = _orders.Long(1) is var type && type >= 0 && type < Types.Length ? Types[type] : null,
        Status = (OrderStatus)_orders.Long(2),
        Version = _orders.Long(3),
        Quantity = _orders.Long(4),
        Remains = _orders.Long(5),
        Rate = new(_orders.Long(6)),
        Charge = new(_orders.Long(7)),
        Refunded = new(_orders.Long(8)),
        Runs = _orders.IsNull(9) ? null : _orders.Long(9),
        CreatedAt = _orders.Long(10),
        CompletedAt = _orders.IsNull(11) ? null : _orders.Long(11),
        IsRun = _orders.Long(12) != 0,
    };

    private void Missing(long from, long to)
    {
        if (from < to)
        {
            Find("missing", to - from == 1
                ? $"order {from}: it is missing, its id was given"
                : (FormattableString)$"orders {from} to {to - 1}: they are missing, their ids were given");
        }
    }

    private void Prove(in Row order)
    {
        if (order.Type is not { } type)
        {
            Find("type", $"order {order.Id}: there is no such type of service");
            return;
        }

        Charged(order, type);
        var kind = type == ServiceType.Subscriptions ? OrderKind.Subscription : order.Runs is null ? OrderKind.Plain : OrderKind.DripFeed;
        Moved(order, kind);
        Booked(order);
        if (kind == OrderKind.Plain)
        {
            Settled(order);
        }
    }

    /// <summary>A run has a share of the whole charge, which is a rule of its own.</summary>
    private void Charged(in Row order, ServiceType type)
    {
        if (type.QuantityFrom == QuantitySource.One && order.Quantity != 1)
        {
            Find("package", $"order {order.Id}: a package of {order.Quantity}");
        }

        if (order.Runs is { } runs && (runs < 2 || order.Quantity % runs != 0))
        {
            Find("runs", $"order {order.Id}: {order.Quantity} cannot be split into {runs} equal runs");
        }

        if (type.QuantityFrom is QuantitySource.Comments or QuantitySource.Usernames && LinesOf(type) != order.Quantity)
        {
            Find("lines", $"order {order.Id}: {order.Quantity} were ordered by {LinesOf(type)} lines");
        }

        var due = order.IsRun ? order.Charge
            : type.QuantityFrom == QuantitySource.Posts ? Money.Zero
            : (type.Flat ? order.Rate.Flat() : order.Rate.For(order.Quantity)).Try(out var charge, out _) ? charge
            : Money.Max;
        if (due != order.Charge)
        {
            Find("charge", $"order {order.Id}: {order.Charge} was charged, {order.Quantity} at a rate of {order.Rate} are {due}");
        }
    }

    /// <summary>Lines of the list that the quantity was counted by; 0 when it cannot be read.</summary>
    private int LinesOf(ServiceType type)
    {
        var field = type.QuantityFrom == QuantitySource.Comments ? OrderField.Comments : OrderField.Usernames;
        try
        {
            using var details = JsonDocument.Parse(_orders.Text(13));
            return details.RootElement.ValueKind == JsonValueKind.Object
                && details.RootElement.TryGetProperty(field.Name, out var list) && list.ValueKind == JsonValueKind.String
                    ? list.GetString()!.Count(letter => letter == '\n') + 1
                    : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private void Moved(in Row order, OrderKind kind)
    {
        var lifecycle = OrderLifecycle.Of(kind);
        for (var at = 0; at < _itsMoves.Count; at++)
        {
            var move = _itsMoves[at];
            if (move.Version != at)
            {
                Find("hole", $"order {order.Id}: move {at} is missing, move {move.Version} is there");
                return;
            }

            if (at == 0 && move.From != OrderLifecycle.FirstOf(kind))
            {
                Find("first", $"order {order.Id}: move 0 begins in state {move.From}, an order begins in {OrderLifecycle.FirstOf(kind)}");
            }

            if (!lifecycle.Allows(move.From, move.To, move.Actor)
                && !(move.Actor == Actor.Operator && lifecycle.AllowsCorrection(move.From, move.To)))
            {
                Find("illegal", $"order {order.Id}: move {move.Version} from {move.From} to {move.To} does not exist");
            }
        }

        if (_itsMoves.Count == 0 || _itsMoves.Count != order.Version)
        {
            return;
        }

        // What runs may have made progress since; a drip-feed follows its runs without moves of its own.
        var last = _itsMoves[^1];
        if (kind != OrderKind.DripFeed && OrderLifecycle.IsFinal(order.Status) && last.Remains != order.Remains)
        {
            Find("remains", $"order {order.Id}: its last move leaves {last.Remains}, the order says {order.Remains}");
        }

        long? completed = order.Status == OrderStatus.Completed ? last.At : null;
        if (order.CompletedAt != completed)
        {
            Find("completed", $"order {order.Id}: completed at {Text(order.CompletedAt)}, by its moves at {Text(completed)} (unix milliseconds)");
        }
    }

    /// <summary>A transfer is made at the moment of what it is for.</summary>
    private void Booked(in Row order)
    {
        foreach (var booking in _itsTransfers)
        {
            long? at = booking.Kind == TransferKind.Charge ? order.CreatedAt
                : booking.Version >= 0 && booking.Version < _itsMoves.Count ? _itsMoves[(int)booking.Version].At
                : null;
            if (at is { } due && due != booking.At)
            {
                Find("moment", $"order {order.Id}: {new Money(booking.Amount)} was booked at {booking.At}, what it is for happened at {due} (unix milliseconds)");
            }
        }
    }

    /// <summary>With each end goes back what it leaves, and with no other move anything.</summary>
    private void Settled(in Row order)
    {
        if (order.Quantity <= 0)
        {
            return;
        }

        if (order.Status is OrderStatus.Completed or OrderStatus.Partial && order.Remains >= 0 && order.Remains <= order.Quantity
            && Settlement.Owed(order.Charge, order.Remains, order.Quantity) is var worth && worth != order.Refunded)
        {
            Find("worth", $"order {order.Id}: {order.Refunded} went back, its remains are worth {worth}");
        }

        Int128 back = 0;
        foreach (var move in _itsMoves)
        {
            foreach (var booking in _itsTransfers)
            {
                back += booking.Version != move.Version ? 0
                    : booking.Kind == TransferKind.Refund ? booking.Amount
                    : booking.Kind == TransferKind.Reversal ? -booking.Amount
                    : 0;
            }

            if (move.Remains < 0 || move.Remains > order.Quantity)
            {
                Find("range", $"order {order.Id}: move {move.Version} leaves {move.Remains} of {order.Quantity}");
                return;
            }

            var owed = move.To switch
            {
                OrderStatus.Canceled => order.Charge,
                OrderStatus.Completed or OrderStatus.Partial => Settlement.Owed(order.Charge, move.Remains, order.Quantity),
                _ => Money.Zero,
            };
            if (back != owed.Units)
            {
                var gone = new Money((long)Int128.Clamp(back, long.MinValue, long.MaxValue));
                Find("owed", $"order {order.Id}: {gone} had gone back with move {move.Version}, its remains of {move.Remains} are worth {owed}");
                return;
            }
        }
    }

    private void Find(string rule, FormattableString finding)
    {
        var count = _found.GetValueOrDefault(rule);
        if (count < mostPerRule)
        {
            _found[rule] = count + 1;
            _findings.Add(finding.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Text(long? instant) => instant?.ToString(CultureInfo.InvariantCulture) ?? "no time";

    private readonly record struct Move(long Version, long At, Actor Actor, OrderStatus From, OrderStatus To, long Remains);

    private readonly record struct Booking(TransferKind Kind, long Version, long Amount, long At);

    /// <summary>An order as it is proved.</summary>
    private readonly struct Row
    {
        public required long Id { get; init; }
        public required ServiceType? Type { get; init; }
        public required OrderStatus Status { get; init; }
        public required long Version { get; init; }
        public required long Quantity { get; init; }
        public required long Remains { get; init; }
        public required Rate Rate { get; init; }
        public required Money Charge { get; init; }
        public required Money Refunded { get; init; }
        public required long? Runs { get; init; }
        public required long CreatedAt { get; init; }
        public required long? CompletedAt { get; init; }

        /// <summary>It is a run of a drip-feed.</summary>
        public required bool IsRun { get; init; }
    }
}
