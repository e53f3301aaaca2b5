using Microsoft.Data.Sqlite;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements that keep which orders an open alert is about.</summary>
internal sealed class AlertStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Orders that are named in an alert's text; all of them are in its rows.</summary>
    public const int Named = 5;

    private readonly Statement _open = new(
        connection,
        "SELECT id FROM alerts WHERE provider_id = ?1 AND kind = ?2 AND subject = ?3 AND closed_at IS NULL");

    private readonly Statement _allOpen = new(connection, "SELECT id, subject FROM alerts WHERE provider_id = ?1 AND kind = ?2 AND closed_at IS NULL");

    private readonly Statement _raise = new(
        connection,
        "INSERT INTO alerts (provider_id, kind, subject, said, opened_at) VALUES (?1, ?2, ?3, '', ?4) RETURNING id");

    private readonly Statement _say = new(connection, "UPDATE alerts SET said = ?2, code = ?3, args = ?4 WHERE id = ?1 AND said <> ?2");

    private readonly Statement _add = new(connection, "INSERT INTO alert_orders (alert_id, order_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    private readonly Statement _remove = new(connection, "DELETE FROM alert_orders WHERE alert_id = ?1 AND order_id = ?2");

    private readonly Statement _count = new(connection, "SELECT COUNT(*) FROM alert_orders WHERE alert_id = ?1");

    private readonly Statement _some = new(connection, "SELECT order_id FROM alert_orders WHERE alert_id = ?1 ORDER BY order_id LIMIT ?2");

    /// <summary>The open alert of a kind about a subject, which is opened if there is none.</summary>
    /// <returns>Its id, and whether none was open before.</returns>
    public (int Id, bool IsNew) Raise(int provider, AlertKind kind, string subject, long now)
    {
        _open.Bind(1, provider).Bind(2, (int)kind).Bind(3, subject);
        int? open = _open.Step() ? _open.Int(0) : null;
        _open.Reset();
        return open is { } known ? (known, false)
            : (checked((int)_raise.Bind(1, provider).Bind(2, (int)kind).Bind(3, subject).Bind(4, now).Number()), true);
    }

    /// <summary>The open alerts of a kind, by what they are about.</summary>
    public List<(int Id, string Subject)> Open(int provider, AlertKind kind)
    {
        var open = new List<(int, string)>();
        _allOpen.Bind(1, provider).Bind(2, (int)kind);
        while (_allOpen.Step())
        {
            open.Add((_allOpen.Int(0), _allOpen.Text(1)));
        }

        return open;
    }

    /// <summary>Changes what an alert says.</summary>
    public void Say(int alert, StoredPhrase said) => _say.Bind(1, alert).Bind(2, said.Text).Bind(3, said.Code).Bind(4, said.Args).Run();

    /// <summary>An alert is about this order, too.</summary>
    /// <returns>Whether it was not before.</returns>
    public bool Add(int alert, int order) => _add.Bind(1, alert).Bind(2, order).Run() == 1;

    /// <summary>An alert is not about this order any more.</summary>
    /// <returns>Whether it was before.</returns>
    public bool Remove(int alert, int order) => _remove.Bind(1, alert).Bind(2, order).Run() == 1;

    /// <summary>How many orders an alert is about, and the first of them.</summary>
    public (int Count, List<int> Some) Orders(int alert)
    {
        var count = checked((int)_count.Bind(1, alert).Number());
        var some = new List<int>();
        _some.Bind(1, alert).Bind(2, Named);
        while (_some.Step())
        {
            some.Add(_some.Int(0));
        }

        return (count, some);
    }

    public void Dispose()
    {
        _open.Dispose();
        _allOpen.Dispose();
        _raise.Dispose();
        _say.Dispose();
        _add.Dispose();
        _remove.Dispose();
        _count.Dispose();
        _some.Dispose();
    }
}
