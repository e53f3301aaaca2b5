using System.Runtime.InteropServices;
using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Ledger;

/// <summary>
/// Proves the books from what is stored, believing no cached figure: ledger = balances, one charge for each order that
/// has one, refunds never above the charge, every state and move legal. Each rule holds at every moment and is proved by
/// itself, at one moment: a single long reading would keep the log from being folded away while a busy panel writes on.
/// No rule gathers rows, so memory stays flat however many orders there are.
/// </summary>
internal sealed class Verify(PanelDatabase database)
{
    /// <summary>Findings listed for one rule; a broken rule is shown, not printed a million times.</summary>
    private const int FindingsPerRule = 100;

    /// <summary>Proves the books.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>One line per finding; none when the books are right.</returns>
    public IReadOnlyList<string> Run(IProgress<double>? progress = null)
    {
        try
        {
            return RunAll(progress);
        }
        catch (StorageException error) when (DamageWatch.IsDamage(error))
        {
            return [Damaged(error)];
        }
    }

    /// <summary>Proves only that balances are what their transfers sum to, which is read fastest.</summary>
    public IReadOnlyList<string> Balances()
    {
        using var books = database.OpenBooks();
        return WrongBalances(books);
    }

    private List<string> RunAll(IProgress<double>? progress)
    {
        using var books = database.OpenBooks();
        List<Func<IEnumerable<string>>> proofs =
        [
            () => WrongBalances(books),
            .. BooksReader.Rules.Select(rule => (Func<IEnumerable<string>>)(() => books.Broken(rule, FindingsPerRule))),
            () => Histories(books),
            () => books.WrongJournal(FindingsPerRule),
            () => books.WrongDailyTotals(FindingsPerRule),
        ];
        var findings = new List<string>();
        var waits = true;
        foreach (var (at, proof) in proofs.Index())
        {
            progress?.Report((double)at / proofs.Count);
            waits = waits && database.WaitForShortLog();
            findings.AddRange(Found(proof).Except(findings));
        }

        progress?.Report(1);
        return findings;
    }

    /// <summary>What a rule finds; where it stumbles over damage, that is what is found, and the others are proved all the same.</summary>
    private static List<string> Found(Func<IEnumerable<string>> proof)
    {
        var findings = new List<string>();
        try
        {
            findings.AddRange(proof());
        }
        catch (StorageException error) when (DamageWatch.IsDamage(error))
        {
            findings.Add(Damaged(error));
        }
        catch (Exception error) when (error is InvalidOperationException or OverflowException or InvalidCastException or FormatException or ArgumentException)
        {
            findings.Add($"a stored value is none that can be: {error.Message}");
        }

        return findings;
    }

    private static string Damaged(StorageException error) => $"the file is damaged: {error.Message}";

    /// <summary>What resellers have by their transfers. Added up here: the engine would sort all transfers to group them.</summary>
    private static List<string> WrongBalances(BooksReader books)
    {
        using var moment = books.OneMoment();
        var totals = new Dictionary<long, Int128>();
        foreach (var (from, to, amount) in books.Transfers())
        {
            CollectionsMarshal.GetValueRefOrAddDefault(totals, from, out _) -= amount;
            CollectionsMarshal.GetValueRefOrAddDefault(totals, to, out _) += amount;
        }

        var findings = new List<string>();
        foreach (var (reseller, balance) in books.Balances())
        {
            var total = totals.GetValueOrDefault(reseller);
            if (balance == total)
            {
                continue;
            }

            var sum = new Money((long)Int128.Clamp(total, long.MinValue, long.MaxValue));
            findings.Add($"reseller {reseller}: the balance is {new Money(balance)}, its transfers sum to {sum}");
            if (findings.Count == FindingsPerRule)
            {
                break;
            }
        }

        return findings;
    }

    private static IReadOnlyList<string> Histories(BooksReader books)
    {
        using var histories = new OrderHistories(books, FindingsPerRule);
        return histories.Findings();
    }
}
