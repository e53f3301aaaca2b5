using Microsoft.Data.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statements that move money. A transfer and the balance it changes are written in the same unit.</summary>
internal sealed class AccountStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _debit = new(
        connection,
        "UPDATE accounts SET balance = balance - ?2 WHERE id = ?1 AND balance - ?2 >= floor");

    private readonly Statement _credit = new(connection, "UPDATE accounts SET balance = balance + ?2 WHERE id = ?1");

    private readonly Statement _balance = new(connection, "SELECT balance FROM accounts WHERE id = ?1");

    private readonly Statement _book = new(
        connection,
        """
        INSERT INTO transfers (subject, kind, version, from_account, to_account, amount, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """);

    /// <summary>Takes money from a reseller, if it is there.</summary>
    /// <returns>False, and nothing changed, when the balance would fall below its floor.</returns>
    public bool TryDebit(int reseller, Money amount) => _debit.Bind(1, reseller).Bind(2, amount.Units).Run() == 1;

    /// <summary>What a reseller has, inside the unit.</summary>
    public Money BalanceOf(int reseller) => new(_balance.Bind(1, reseller).Number());

    /// <summary>Gives money to a reseller.</summary>
    /// <exception cref="InvalidOperationException">There is no such account.</exception>
    public void Credit(int reseller, Money amount)
    {
        if (_credit.Bind(1, reseller).Bind(2, amount.Units).Run() != 1)
        {
            throw new InvalidOperationException("every reseller has an account");
        }
    }

    /// <summary>Writes the transfer; its balance side is the caller's debit or credit in the same unit.</summary>
    /// <exception cref="StorageException">A transfer with this cause exists.</exception>
    public void Book(Transfer transfer) => _book
        .Bind(1, transfer.Subject)
        .Bind(2, (int)transfer.Kind)
        .Bind(3, transfer.Version)
        .Bind(4, transfer.From)
        .Bind(5, transfer.To)
        .Bind(6, transfer.Amount.Units)
        .Bind(7, transfer.At)
        .Run();

    public void Dispose()
    {
        _debit.Dispose();
        _credit.Dispose();
        _balance.Dispose();
        _book.Dispose();
    }
}
