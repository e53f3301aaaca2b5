using Microsoft.Data.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements of submissions: what providers were asked to do, and the outcome.</summary>
internal sealed class SubmissionStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _begin = new(
        connection,
        """
        INSERT INTO sendings (kind, subject, order_id, provider_id, upstream_service, quantity, outcome, started_at, cost, balance_before)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9)
        """);

    private readonly Statement _lastId = new(connection, "SELECT last_insert_rowid()");

    private readonly Statement _end = new(
        connection,
        """
        UPDATE sendings SET outcome = ?2, upstream_id = ?3, reason = ?4, sent = COALESCE(?5, sent), sent_bytes = COALESCE(?6, sent_bytes),
               elapsed = COALESCE(?7, elapsed), answer = COALESCE(?8, answer), ended_at = ?9, objection = ?10
        WHERE id = ?1 AND outcome IN (0, 4)
        """);

    private readonly Statement _live = new(
        connection,
        $"""
         SELECT id, order_id, provider_id, outcome, upstream_id, quantity FROM sendings
         WHERE kind = ?1 AND subject = ?2
             AND outcome IN ({(int)SubmissionOutcome.UnderWay}, {(int)SubmissionOutcome.Accepted}, {(int)SubmissionOutcome.Unknown})
         ORDER BY id DESC LIMIT 1
         """);

    private readonly Statement _tried = new(
        connection,
        "SELECT provider_id, upstream_service, outcome FROM sendings WHERE kind = 1 AND subject = ?1 ORDER BY id");

    private readonly Statement _whose = new(
        connection,
        "SELECT order_id FROM sendings WHERE provider_id = ?1 AND kind = ?2 AND upstream_id = ?3");

    private readonly Statement _cost = new(connection, "UPDATE sendings SET cost = ?2 WHERE id = ?1 AND cost IS NOT ?2");

    private readonly Statement _said = new(connection, "UPDATE sendings SET said = ?2 WHERE id = ?1 AND said IS NOT ?2");

    private readonly Statement _unheard = new(
        connection,
        "UPDATE sendings SET unheard = unheard + 1, unheard_since = COALESCE(unheard_since, ?2) WHERE id = ?1 RETURNING unheard, unheard_since");

    private readonly Statement _heard = new(
        connection,
        "UPDATE sendings SET unheard = 0, unheard_since = NULL WHERE id = ?1 AND unheard > 0");

    private readonly Statement _stage = new(connection, "UPDATE orders SET stage = ?2 WHERE id = ?1 AND status = 0 AND stage <> ?2");

    private readonly Statement _name = new(connection, "SELECT name FROM providers WHERE id = ?1");

    private readonly Statement _underWay = new(connection, "SELECT id, kind, subject, order_id, provider_id FROM sendings WHERE outcome = 0 LIMIT ?1");

    private readonly Statement _forget = new(connection, "DELETE FROM strange_refusals WHERE provider_id = ?1");

    /// <summary>A provider has accepted an order: its strange refusals before count no more.</summary>
    /// <returns>Whether there were any.</returns>
    public bool ForgetStrange(int provider) => _forget.Bind(1, provider).Run() > 0;

    /// <summary>Writes a submission down before the provider is called.</summary>
    /// <returns>The submission's id.</returns>
    /// <exception cref="StorageException">One is under way, accepted or unknown already.</exception>
    public int Begin(NewSubmission sending)
    {
        _begin
            .Bind(1, (int)sending.Kind)
            .Bind(2, sending.Subject)
            .Bind(3, sending.Order)
            .Bind(4, sending.Provider)
            .Bind(5, sending.UpstreamService)
            .Bind(6, sending.Quantity)
            .Bind(7, sending.At)
            .Bind(8, sending.Cost?.Units)
            .Bind(9, sending.BalanceBefore)
            .Run();
        return checked((int)_lastId.Number());
    }

    /// <summary>Writes the outcome of a submission that was under way or unknown.</summary>
    /// <returns>False when it had an outcome already.</returns>
    public bool End(int id, SubmissionEnd end, long now) => _end
        .Bind(1, id)
        .Bind(2, (int)end.Outcome)
        .Bind(3, end.UpstreamId)
        .Bind(4, end.Reason)
        .Bind(5, end.Sent)
        .Bind(6, end.SentBytes)
        .Bind(7, end.Elapsed)
        .Bind(8, end.Answer)
        .Bind(9, now)
        .Bind(10, (int?)end.Objection)
        .Run() == 1;

    /// <summary>The submission of an order, a refill or a cancel request that is under way, accepted or unknown; null when there is none.</summary>
    public OpenSubmission? Live(SubmissionKind kind, int subject)
    {
        var found = _live.Bind(1, (int)kind).Bind(2, subject).Step()
            ? new OpenSubmission(
                _live.Int(0),
                _live.Int(1),
                _live.Int(2),
                (SubmissionOutcome)_live.Int(3),
                _live.IsNull(4) ? null : _live.Text(4),
                _live.Long(5))
            : null;
        _live.Reset();
        return found;
    }

    /// <summary>The accepted submission of an order; null when no provider has it.</summary>
    public OpenSubmission? Accepted(int order) =>
        Live(SubmissionKind.Order, order) is { Outcome: SubmissionOutcome.Accepted } accepted ? accepted : null;

    /// <summary>The submissions of an order so far, the oldest first.</summary>
    public List<RouteTried> Tried(int order)
    {
        var tried = new List<RouteTried>();
        _tried.Bind(1, order);
        while (_tried.Step())
        {
            tried.Add(new(new(_tried.Int(0), _tried.Text(1)), (SubmissionOutcome)_tried.Int(2)));
        }

        return tried;
    }

    /// <summary>The order that a provider knows by an id; null when it is none of ours.</summary>
    public int? OrderKnownAs(int provider, SubmissionKind kind, string upstreamId)
    {
        int? order = _whose.Bind(1, provider).Bind(2, (int)kind).Bind(3, upstreamId).Step() ? _whose.Int(0) : null;
        _whose.Reset();
        return order;
    }

    /// <summary>Writes the charge that a provider reports.</summary>
    public void SetCost(int id, Money cost) => _cost.Bind(1, id).Bind(2, cost.Units).Run();

    /// <summary>Writes the status text that a provider reported last.</summary>
    /// <returns>Whether it is another than before.</returns>
    public bool SetSaid(int id, string said) => _said.Bind(1, id).Bind(2, said).Run() == 1;

    /// <summary>Counts that a provider does not know what it has accepted.</summary>
    /// <returns>How often in a row, and since when.</returns>
    public (int Times, long Since) CountUnheard(int id, long now)
    {
        _unheard.Bind(1, id).Bind(2, now).Step();
        var counted = (_unheard.Int(0), _unheard.Long(1));
        _unheard.Reset();
        return counted;
    }

    /// <summary>Ends the count of <see cref="CountUnheard"/>.</summary>
    public void SetHeard(int id) => _heard.Bind(1, id).Run();

    /// <summary>The name of a provider.</summary>
    public string NameOf(int provider)
    {
        _name.Bind(1, provider).Step();
        var name = _name.Text(0);
        _name.Reset();
        return name;
    }

    /// <summary>Sets whether a Pending order was submitted.</summary>
    public void SetStage(int order, OrderStage stage) => _stage.Bind(1, order).Bind(2, (int)stage).Run();

    /// <summary>Submissions that are under way, limited.</summary>
    public List<(int Id, SubmissionKind Kind, int Subject, int Order, int Provider)> UnderWay(int most)
    {
        var list = new List<(int, SubmissionKind, int, int, int)>();
        _underWay.Bind(1, most);
        while (_underWay.Step())
        {
            list.Add((_underWay.Int(0), (SubmissionKind)_underWay.Int(1), _underWay.Int(2), _underWay.Int(3), _underWay.Int(4)));
        }

        return list;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _lastId.Dispose();
        _end.Dispose();
        _live.Dispose();
        _tried.Dispose();
        _whose.Dispose();
        _cost.Dispose();
        _said.Dispose();
        _unheard.Dispose();
        _heard.Dispose();
        _stage.Dispose();
        _name.Dispose();
        _underWay.Dispose();
        _forget.Dispose();
    }
}
