using System.Globalization;
using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;

namespace PanelServer.Ledger;

/// <summary>
/// Proves each order by itself, with its moves and its transfers beside it: that none is missing, that it cost what its rate
/// says, that its moves are legal and without a hole, and that with each of them went back what was owed then. They are read
/// once, in the order of their ids, in parts: so nothing is gathered, and no reading lasts long.
/// The arithmetic and the lifecycles are the domain's.
/// </summary>
/// <param name="books">Where they are read from.</param>
/// <param name="mostPerRule">Findings listed for one rule.</param>
internal sealed class OrderHistories(BooksReader books, int mostPerRule) : IDisposable
{
    /// <summary>Ids of one reading.</summary>
    private const int Part = 250_000;

    private static readonly ServiceType?[] Types = [.. Enumerable.Range(0, ServiceType.All.Max(type => type.Id) + 1)
        .Select(id => ServiceType.All.FirstOrDefault(type => type.Id == id))];

    private readonly OrderHistoryReader _reader = books.OpenHistories();
    private readonly Dictionary<string, int> _found = [];
    private readonly List<string> _findings = [];

    /// <summary>Walks through all orders.</summary>
    public IReadOnlyList<string> Findings()
    {
        long from = 0;
        var next = long.MaxValue;
        for (var isFirst = true; isFirst || from < next; isFirst = false)
        {
            using var moment = books.OneMoment();
            (next, var first, var lowest) = _reader.Bounds();
            from = isFirst ? Math.Min(first, lowest ?? first) : from;
            var to = Math.Min(from + Part, next);
            Walk(from, to, first);
            from = to;
        }

        return _findings;
    }

    public void Dispose() => _reader.Dispose();

    private void Walk(long from, long to, long first)
    {
        var expected = Math.Max(from, first);
        _reader.Begin(from, to);
        while (_reader.Next())
        {
            var order = _reader.Order;
            Missing(expected, order.Id);
            expected = Math.Max(expected, order.Id + 1);
            Prove(order);
        }

        Missing(expected, to);
    }

    private void Missing(long from, long to)
    {
        if (from < to)
        {
            Find("missing", to - from == 1
                ? $"order {from}: it is missing, its id was given"
                : (FormattableString)$"orders {from} to {to - 1}: they are missing, their ids were given");
        }
    }

    private void Prove(in StoredOrder order)
    {
        if (TypeOf(order.Type) is not { } type)
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
    private void Charged(in StoredOrder order, ServiceType type)
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
            using var details = JsonDocument.Parse(_reader.Details);
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

    private void Moved(in StoredOrder order, OrderKind kind)
    {
        var lifecycle = OrderLifecycle.Of(kind);
        for (var at = 0; at < _reader.Moves.Count; at++)
        {
            var move = _reader.Moves[at];
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

        if (_reader.Moves.Count == 0 || _reader.Moves.Count != order.Version)
        {
            return;
        }

        // What runs may have made progress since; a drip-feed follows its runs without moves of its own.
        var last = _reader.Moves[^1];
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
    private void Booked(in StoredOrder order)
    {
        foreach (var booking in _reader.Transfers)
        {
            long? at = booking.Kind == TransferKind.Charge ? order.CreatedAt
                : booking.Version >= 0 && booking.Version < _reader.Moves.Count ? _reader.Moves[(int)booking.Version].At
                : null;
            if (at is { } due && due != booking.At)
            {
                Find("moment", $"order {order.Id}: {new Money(booking.Amount)} was booked at {booking.At}, what it is for happened at {due} (unix milliseconds)");
            }
        }
    }

    /// <summary>With each end goes back what it leaves, and with no other move anything.</summary>
    private void Settled(in StoredOrder order)
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
        foreach (var move in _reader.Moves)
        {
            foreach (var booking in _reader.Transfers)
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

    private static ServiceType? TypeOf(long id) => id >= 0 && id < Types.Length ? Types[id] : null;
}
