using Microsoft.Data.Sqlite;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements that keep which orders a person must look at; at most one review is open for each.</summary>
internal sealed class ReviewStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>What ends by itself when its reason has gone: a person's review is not made one of these by a later word.</summary>
    private static readonly int EndByThemselves =
        MaskOf([ReviewKind.Refill, ReviewKind.Cancel, ReviewKind.State, ReviewKind.Unheard, ReviewKind.Remains, ReviewKind.Failed, ReviewKind.Aside]);

    // The same again is not written again: a provider may repeat itself with each answer.
    private readonly Statement _open = new(
        connection,
        $"""
         INSERT INTO reviews (order_id, kind, said, code, args, opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (order_id) WHERE closed_at IS NULL DO UPDATE SET said = excluded.said, code = excluded.code, args = excluded.args,
             kind = CASE WHEN (1 << kind) & {EndByThemselves} = 0 AND (1 << excluded.kind) & {EndByThemselves} <> 0 THEN kind ELSE excluded.kind END
         WHERE said <> excluded.said
         """);

    private readonly Statement _isOpen = new(connection, "SELECT 1 FROM reviews WHERE order_id = ?1 AND closed_at IS NULL");

    private readonly Statement _close = new(
        connection,
        "UPDATE reviews SET closed_at = ?2, note = ?3 WHERE order_id = ?1 AND closed_at IS NULL AND (1 << kind) & ?4 <> 0");

    /// <summary>Opens a review; a further word on an order under review joins it.</summary>
    /// <returns>Whether none was open before.</returns>
    public bool Open(int order, ReviewKind kind, StoredPhrase said, long now)
    {
        var wasOpen = _isOpen.Bind(1, order).Step();
        _isOpen.Reset();
        _open.Bind(1, order).Bind(2, (int)kind).Bind(3, said.Text).Bind(4, said.Code).Bind(5, said.Args).Bind(6, now).Run();
        return !wasOpen;
    }

    /// <summary>Closes the open review of an order, if it is of one of these kinds.</summary>
    /// <returns>False when there was none.</returns>
    public bool Close(int order, ReadOnlySpan<ReviewKind> kinds, string note, long now) =>
        _close.Bind(1, order).Bind(2, now).Bind(3, note).Bind(4, MaskOf(kinds)).Run() > 0;

    public void Dispose()
    {
        _open.Dispose();
        _isOpen.Dispose();
        _close.Dispose();
    }

    private static int MaskOf(ReadOnlySpan<ReviewKind> kinds)
    {
        var mask = 0;
        foreach (var kind in kinds)
        {
            mask |= 1 << (int)kind;
        }

        return mask;
    }
}
