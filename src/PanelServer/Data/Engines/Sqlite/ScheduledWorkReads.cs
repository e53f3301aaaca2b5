using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>What is due, and with whom.</summary>
internal sealed class ScheduledWorkReads(nint connection) : IDisposable
{
    /// <summary>Submissions that are due with a provider: provider, kind, until, most.</summary>
    public const string DueOfProviderSql =
        """
        SELECT subject, order_id, at, attempts FROM due
        WHERE provider_id = ?1 AND kind = ?2 AND held = 0 AND at <= ?3 ORDER BY at, order_id, subject LIMIT ?4
        """;

    /// <summary>Polls that are due with a provider: provider, kind, until, most, the kind of the submissions.</summary>
    public static readonly string PollsSql =
        $"""
         SELECT d.subject, d.order_id, d.at, d.attempts, s.id, s.upstream_id, s.quantity, s.upstream_service, s.started_at
         FROM due d CROSS JOIN sendings s ON s.kind = ?5 AND s.subject = d.subject AND s.outcome = {(int)SubmissionOutcome.Accepted}
         WHERE d.provider_id = ?1 AND d.kind = ?2 AND d.held = 0 AND d.at <= ?3
         ORDER BY d.at, d.order_id, d.subject LIMIT ?4
         """;

    private readonly Statement _due = new(
        connection,
        """
        SELECT kind, subject, order_id, at, attempts FROM due
        WHERE held = 0 AND provider_id IS NULL AND at <= ?1 ORDER BY at, order_id, kind, subject LIMIT ?2
        """);

    private readonly Statement _nextDue = new(connection, "SELECT MIN(at) FROM due WHERE held = 0 AND provider_id IS NULL");

    private readonly Statement _dueOfProvider = new(connection, DueOfProviderSql);

    private readonly Statement _polls = new(connection, PollsSql);

    private readonly Statement _firstToSend = new(
        connection,
        $"SELECT subject, order_id, at, attempts FROM due WHERE provider_id = ?1 AND kind = {(int)WorkKind.Send} AND held = 0 ORDER BY attempts, order_id LIMIT 1");

    /// <summary>What is due, the earliest first, limited.</summary>
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

    /// <summary>When the next job is due, unix milliseconds; null when none is scheduled.</summary>
    public long? NextDue()
    {
        _nextDue.Step();
        long? at = _nextDue.IsNull(0) ? null : _nextDue.Long(0);
        _nextDue.Reset();
        return at;
    }

    /// <summary>What is due with a provider, the earliest first, limited.</summary>
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

    /// <summary>What is to be polled of a provider, the longest due first, limited.</summary>
    /// <param name="provider">Which provider.</param>
    /// <param name="kind"><see cref="WorkKind.Order"/> or <see cref="WorkKind.Refill"/>.</param>
    /// <param name="until">Unix milliseconds.</param>
    /// <param name="most">Rows at the most.</param>
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

    public void Dispose()
    {
        _due.Dispose();
        _nextDue.Dispose();
        _dueOfProvider.Dispose();
        _polls.Dispose();
        _firstToSend.Dispose();
    }
}
