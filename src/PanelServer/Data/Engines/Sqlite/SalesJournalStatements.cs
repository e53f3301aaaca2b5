using Microsoft.Data.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// The statements that write the sales journal, in the unit of what they write down: what the table of days must count that
/// is not an order's charge (docs/decisions/0027).
/// </summary>
internal sealed class SalesJournalStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _refund = new(
        connection,
        $"""
         INSERT INTO sales_journal (kind, order_id, version, provider_id, amount, at)
         VALUES ({(int)SalesEntryKind.Refund}, ?1, ?2,
             (SELECT provider_id FROM sendings
              WHERE kind = {(int)SubmissionKind.Order} AND subject = ?1 AND outcome = {(int)SubmissionOutcome.Accepted}),
             ?3, ?4)
         """);

    private readonly Statement _taken = new(
        connection,
        $"""
         INSERT INTO sales_journal (kind, order_id, provider_id, amount, at)
         SELECT {(int)SalesEntryKind.Taken}, order_id, provider_id, COALESCE(cost, 0), ?2 FROM sendings
         WHERE kind = {(int)SubmissionKind.Order} AND subject = ?1 AND outcome = {(int)SubmissionOutcome.Accepted}
         """);

    private readonly Statement _cost = new(
        connection,
        $"""
         INSERT INTO sales_journal (kind, order_id, provider_id, amount, at)
         SELECT {(int)SalesEntryKind.Cost}, order_id, provider_id, ?2 - COALESCE(cost, 0), ?3 FROM sendings
         WHERE id = ?1 AND kind = {(int)SubmissionKind.Order} AND outcome = {(int)SubmissionOutcome.Accepted}
             AND COALESCE(cost, 0) <> ?2
         """);

    /// <summary>Money goes back by a transfer, or is taken again.</summary>
    public void Refund(Transfer transfer) => _refund
        .Bind(1, transfer.Subject)
        .Bind(2, transfer.Version)
        .Bind(3, transfer.Kind == TransferKind.Refund ? transfer.Amount.Units : -transfer.Amount.Units)
        .Bind(4, transfer.At)
        .Run();

    /// <summary>A provider has accepted an order; written behind the end of its submission.</summary>
    public void Taken(int order, long now) => _taken.Bind(1, order).Bind(2, now).Run();

    /// <summary>A provider says what it charges for an order; written before the submission is changed.</summary>
    public void Cost(int submission, Money cost, long now) => _cost.Bind(1, submission).Bind(2, cost.Units).Bind(3, now).Run();

    public void Dispose()
    {
        _refund.Dispose();
        _taken.Dispose();
        _cost.Dispose();
    }
}
