using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PanelServer.Tests;

/// <summary>The tables of a database as text, to compare what a change has written, row by row, or that it wrote nothing.</summary>
internal static class Books
{
    private static readonly string[] Tables =
    [
        "panel", "accounts", "transfers", "payments", "orders", "order_moves", "refills", "cancels", "reviews", "posts",
        "subscriptions", "due", "running_links", "audit",
    ];

    /// <summary>Everything that an operator's verb may change.</summary>
    public static string All(TestPanel panel) =>
        string.Join('\n', Tables.SelectMany(table => Rows(panel, $"SELECT '{table}', * FROM {table} ORDER BY 2, 3, 4")));

    /// <summary>Rows of a query, columns separated by blanks.</summary>
    public static IReadOnlyList<string> Rows(TestPanel panel, string sql) => Rows(new PanelDatabase(panel.DatabasePath), sql);

    /// <inheritdoc cref="Rows(TestPanel, string)"/>
    public static IReadOnlyList<string> Rows(PanelDatabase database, string sql)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        return [.. Read(reader)];
    }

    private static IEnumerable<string> Read(SqliteDataReader reader)
    {
        while (reader.Read())
        {
            yield return string.Join(' ', Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)));
        }
    }
}
