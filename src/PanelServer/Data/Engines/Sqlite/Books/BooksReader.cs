using Microsoft.Data.Sqlite;
using PanelServer.Domain;

namespace PanelServer.Data.Engines.Sqlite.Books;

/// <summary>Reads the books to prove them: on a connection of its own, and never two statements of one moment unless asked.</summary>
internal sealed class BooksReader(SqliteConnection connection) : IDisposable
{
    /// <summary>Columns of a row that a finding may name.</summary>
    private const int NamedColumns = 3;

    /// <summary>What one statement each can prove.</summary>
    public static IReadOnlyList<BookRule> Rules => BookRules.All;

    /// <summary>What is read until it is disposed is of one moment.</summary>
    public IDisposable OneMoment() => new ReadTransaction(connection);

    /// <summary>The rows that break a rule, a line each.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="max">Lines at the most.</param>
    public IEnumerable<string> Broken(BookRule rule, int max)
    {
        using var rows = new Statement(connection, $"{rule.Sql} LIMIT {max}");
        while (rows.Step())
        {
            var line = rule.Finding;
            for (var column = 0; column < NamedColumns; column++)
            {
                line = line
                    .Replace($"{{{column}:m}}", new Money(rows.Long(column)).ToString(), StringComparison.Ordinal)
                    .Replace($"{{{column}}}", rows.Text(column), StringComparison.Ordinal);
            }

            yield return line;
        }
    }

    /// <summary>Every transfer, in no order.</summary>
    public IEnumerable<(long From, long To, long Amount)> Transfers()
    {
        using var transfers = new Statement(connection, "SELECT from_account, to_account, amount FROM transfers");
        while (transfers.Step())
        {
            yield return (transfers.Long(0), transfers.Long(1), transfers.Long(2));
        }
    }

    /// <summary>What each reseller has, by id.</summary>
    public IEnumerable<(int Reseller, long Balance)> Balances()
    {
        using var accounts = new Statement(connection, "SELECT id, balance FROM accounts WHERE id > 0 ORDER BY id");
        while (accounts.Step())
        {
            yield return (accounts.Int(0), accounts.Long(1));
        }
    }

    /// <summary>Reads orders with their moves and transfers; it is disposed before this reader.</summary>
    public OrderHistoryReader OpenHistories() => new(connection);

    /// <summary>Where the sales journal is not what transfers and submissions say, a line each.</summary>
    public List<string> WrongJournal(int max) => new DailyTotalProof(connection, max).Journal();

    /// <summary>Where the table of days is not what orders and the sales journal add up to, a line each.</summary>
    public List<string> WrongDailyTotals(int max) => new DailyTotalProof(connection, max).Table();

    public void Dispose() => connection.Dispose();
}
