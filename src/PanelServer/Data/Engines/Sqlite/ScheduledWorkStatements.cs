using Microsoft.Data.Sqlite;
using PanelServer.Data.Entities;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements that say when something happens next.</summary>
internal sealed class ScheduledWorkStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Lets what a provider is to do later be due now: provider, kind, now, most.</summary>
    public const string MakeDueNowSql =
        """
        UPDATE due SET at = ?3 WHERE (kind, subject) IN (
            SELECT kind, subject FROM due WHERE provider_id = ?1 AND kind = ?2 AND held = 0 AND at > ?3 ORDER BY at DESC LIMIT ?4)
        """;

    private readonly Statement _set = new(
        connection,
        """
        INSERT INTO due (kind, subject, order_id, at, provider_id, attempts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO UPDATE SET at = excluded.at, provider_id = excluded.provider_id, attempts = excluded.attempts
        """);

    private readonly Statement _putOff = new(
        connection,
        "UPDATE due SET at = ?3, attempts = attempts + 1 WHERE kind = ?1 AND subject = ?2 AND at = ?4");

    private readonly Statement _hold = new(
        connection,
        "UPDATE due SET held = ?3 WHERE kind = ?1 AND order_id = ?2 AND held <> ?3");

    private readonly Statement _remove = new(connection, "DELETE FROM due WHERE kind = ?1 AND subject = ?2");

    private readonly Statement _removeProviders = new(
        connection,
        $"DELETE FROM due WHERE kind IN ({(int)WorkKind.Order}, {(int)WorkKind.Send}) AND subject = ?1");

    private readonly Statement _removeOfEnded = new(
        connection,
        $"""
         DELETE FROM due WHERE subject = ?1
             AND kind IN ({(int)WorkKind.Order}, {(int)WorkKind.Cancel}, {(int)WorkKind.Run}, {(int)WorkKind.Send}, {(int)WorkKind.SendCancel})
         """);

    private readonly Statement _hasten = new(connection, MakeDueNowSql);

    private readonly Statement _removeAll = new(connection, "DELETE FROM due WHERE kind = ?1 AND order_id = ?2");

    private readonly Statement _isSet = new(connection, "SELECT 1 FROM due WHERE kind = ?1 AND subject = ?2");

    private readonly Statement _still = new(
        connection,
        "SELECT 1 FROM due WHERE kind = ?1 AND subject = ?2 AND at = ?3 AND held = 0");

    /// <summary>Schedules work, in the place of what was scheduled before; what is held stays held.</summary>
    /// <param name="kind">What happens.</param>
    /// <param name="subject">The refill or the post that the kind is about, the order of every other kind.</param>
    /// <param name="order">The order it is about.</param>
    /// <param name="at">When, unix milliseconds.</param>
    /// <param name="provider">Whose it is; null for the panel's own.</param>
    /// <param name="attempts">How often in a row it has failed.</param>
    public void Set(WorkKind kind, int subject, int order, long at, int? provider = null, int attempts = 0) => _set
        .Bind(1, (int)kind)
        .Bind(2, subject)
        .Bind(3, order)
        .Bind(4, at)
        .Bind(5, provider)
        .Bind(6, attempts)
        .Run();

    /// <summary>Cancels scheduled work.</summary>
    /// <returns>Whether it was scheduled.</returns>
    public bool Remove(WorkKind kind, int subject) => _remove.Bind(1, (int)kind).Bind(2, subject).Run() == 1;

    /// <summary>Cancels the submission and the polling of an order.</summary>
    public void TakeFromProvider(int order) => _removeProviders.Bind(1, order).Run();

    /// <summary>Cancels everything scheduled of an order that has ended, except its refills.</summary>
    public void RemoveOfEnded(int order) => _removeOfEnded.Bind(1, order).Run();

    /// <summary>Makes work due now that is scheduled for later.</summary>
    /// <returns>How many, up to <paramref name="most"/>.</returns>
    public int MakeDueNow(int provider, WorkKind kind, long now, int most) =>
        _hasten.Bind(1, provider).Bind(2, (int)kind).Bind(3, now).Bind(4, most).Run();

    /// <summary>Cancels all work of a kind that is scheduled for an order.</summary>
    public void RemoveAll(WorkKind kind, int order) => _removeAll.Bind(1, (int)kind).Bind(2, order).Run();

    /// <summary>Postpones work that has failed, if it is scheduled as it was read.</summary>
    public void Postpone(ScheduledWork due, long at) =>
        _putOff.Bind(1, (int)due.Kind).Bind(2, due.Subject).Bind(3, at).Bind(4, due.At).Run();

    /// <summary>Holds the work of a kind that is scheduled for an order, or releases it; its times stay.</summary>
    /// <returns>False when there is nothing to hold, or it is so already.</returns>
    public bool Hold(WorkKind kind, int order, bool held) =>
        _hold.Bind(1, (int)kind).Bind(2, order).Bind(3, held ? 1 : 0).Run() > 0;

    /// <summary>Whether it is scheduled, held or not.</summary>
    public bool IsSet(WorkKind kind, int subject)
    {
        var found = _isSet.Bind(1, (int)kind).Bind(2, subject).Step();
        _isSet.Reset();
        return found;
    }

    /// <summary>Whether it is scheduled as it was read: otherwise another unit was faster.</summary>
    public bool IsCurrent(ScheduledWork due)
    {
        var found = _still.Bind(1, (int)due.Kind).Bind(2, due.Subject).Bind(3, due.At).Step();
        _still.Reset();
        return found;
    }

    public void Dispose()
    {
        _set.Dispose();
        _putOff.Dispose();
        _hold.Dispose();
        _remove.Dispose();
        _removeProviders.Dispose();
        _removeOfEnded.Dispose();
        _hasten.Dispose();
        _removeAll.Dispose();
        _isSet.Dispose();
        _still.Dispose();
    }
}
