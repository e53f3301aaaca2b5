using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite.Books;

/// <summary>
/// Proves what reports are made of: that the sales journal says what the transfers and the sendings say, and that the table
/// of days is what the orders and the journal add up to, as far as it is filled. Both are compared by checksums of blocks of
/// orders and of days, so that memory stays flat however many there are; only a block that differs is looked into.
/// </summary>
/// <param name="connection">A connection that reads.</param>
/// <param name="mostPerRule">Findings listed for one rule.</param>
internal sealed class DailyTotalProof(SqliteConnection connection, int mostPerRule)
{
    /// <summary>Orders that share a checksum, as a power of two.</summary>
    private const int BlockBits = 10;

    /// <summary>Orders, or journal rows, of one reading.</summary>
    private const long Part = 250_000;

    /// <summary>Compares the sales journal with the transfers and the sendings.</summary>
    public List<string> Journal()
    {
        using var moment = new ReadTransaction(connection);
        var blocks = Differing(order => order >> BlockBits);
        return blocks.Count == 0
            ? []
            : [.. Differing(order => blocks.Contains(order >> BlockBits) ? order : null)
                .Order()
                .Take(mostPerRule)
                .Select(order => string.Create(
                    CultureInfo.InvariantCulture, $"order {order}: the sales journal is not what its transfers and its sendings say"))];
    }

    /// <summary>Compares the table of days with the orders and the journal.</summary>
    public List<string> Table()
    {
        var days = new Dictionary<int, (DayFigures Figures, ulong Checksum)>();
        DailyTotals.State state;
        using (new ReadTransaction(connection))
        {
            using var reading = new Statement(connection, DailyTotals.StateSql);
            state = DailyTotals.ReadState(reading);
            DailyTotals.ReadTable(connection, (int.MinValue, int.MaxValue), (key, figures) => Add(key, -figures));
        }

        if (state.Orders < 0)
        {
            return [];
        }

        var zone = TimeZoneInfo.Utc;
        if (state.Zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(state.Zone, out zone))
        {
            return [$"table of days: it has days of {state.Zone}, a time zone that this system does not know"];
        }

        // What is below the watermarks stays as it is, so it is read in parts and none of them lasts long.
        using var fold = new SalesFold(connection, new(zone));
        for (var after = 0L; after < state.Orders; after += Part)
        {
            fold.Orders(after, Math.Min(after + Part, state.Orders), Add);
        }

        for (var after = 0L; after < state.Entries; after += Part)
        {
            fold.Entries(after, Math.Min(after + Part, state.Entries), long.MaxValue, Add);
        }

        return
        [
            .. days.Where(day => day.Value != default)
                .OrderBy(day => day.Key)
                .Take(mostPerRule)
                .Select(day => $"table of days, {DayCalendar.TextOf(day.Key)}: it is not what the orders and the sales journal add up to; `panelserver report rebuild` makes it again"),
        ];

        void Add(DayKey key, DayFigures figures)
        {
            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(days, key.Day, out _);
            unchecked
            {
                var weight = Mix(Mix((ulong)key.Service) + Mix((ulong)key.Reseller + 1) + (Mix((ulong)key.Provider) * 3));
                var mixed = figures.Orders + (figures.Sales * 3) + (figures.Cost * 5) + (figures.Refunds * 7);
                day = (day.Figures + figures, day.Checksum + (weight * (ulong)mixed));
            }
        }
    }

    /// <summary>The blocks whose journal differs.</summary>
    /// <param name="blockOf">The block of an order; null = it is left out.</param>
    private HashSet<long> Differing(Func<long, long?> blockOf)
    {
        var sums = new Dictionary<long, ulong>();
        Read($"SELECT subject, version, CASE kind WHEN {(int)TransferKind.Refund} THEN amount ELSE -amount END, at FROM transfers WHERE kind IN ({(int)TransferKind.Refund}, {(int)TransferKind.Reversal})",
            row => Refund(row, 1));
        Read($"SELECT order_id, version, amount, at FROM sales_journal WHERE kind = {(int)SalesEntryKind.Refund}",
            row => Refund(row, ulong.MaxValue));
        Read($"SELECT order_id, provider_id, COALESCE(cost, 0), 1 FROM sendings WHERE kind = {(int)SubmissionKind.Order} AND outcome = {(int)SubmissionOutcome.Accepted}",
            row => Cost(row, 1));
        Read($"SELECT order_id, provider_id, amount, kind = {(int)SalesEntryKind.Taken} FROM sales_journal WHERE kind <> {(int)SalesEntryKind.Refund}",
            row => Cost(row, ulong.MaxValue));
        return [.. sums.Where(sum => sum.Value != 0).Select(sum => sum.Key)];

        void Read(string sql, Func<Statement, ulong> checksum)
        {
            using var rows = new Statement(connection, sql);
            while (rows.Step())
            {
                if (blockOf(rows.Long(0)) is { } block)
                {
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, block, out _);
                    unchecked
                    {
                        sum += checksum(rows);
                    }
                }
            }
        }
    }

    private static ulong Refund(Statement row, ulong sign) => unchecked(sign
        * Mix(Mix((ulong)row.Long(0)) + Mix((ulong)row.Long(1) + 1) + (Mix((ulong)row.Long(2)) * 3) + (Mix((ulong)row.Long(3)) * 5)));

    /// <summary>Linear in the amount and in how often the order was taken: the journal has the steps, the sending has the sum.</summary>
    private static ulong Cost(Statement row, ulong sign)
    {
        unchecked
        {
            var weight = Mix(Mix((ulong)row.Long(0)) + (ulong)row.Long(1));
            return sign * ((weight * (ulong)row.Long(2)) + (Mix(weight) * (ulong)row.Long(3)));
        }
    }

    /// <summary>Spreads a number over all bits (SplitMix64), so that sums of different rows are not the same by chance.</summary>
    private static ulong Mix(ulong number)
    {
        unchecked
        {
            number += 0x9E3779B97F4A7C15;
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return number ^ (number >> 31);
        }
    }
}
