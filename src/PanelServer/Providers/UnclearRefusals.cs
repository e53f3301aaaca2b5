using Microsoft.EntityFrameworkCore;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>
/// Counts refusals in a row that say nothing of the order: in words that nobody knows, or of a fault over there. The third
/// pauses the provider, so that not order after order ends for a reason that is not its own (docs/decisions/0020). Everything
/// is in rows, and each count is one unit with what follows from it.
/// </summary>
internal static class UnclearRefusals
{
    /// <summary>Orders in a row until a provider is paused.</summary>
    public const int OrdersToPause = 3;

    /// <summary>Orders that are kept for each kind, the latest.</summary>
    private const int MaxKept = 1_000;

    private const int MaxShown = 10;
    private const int MaxWords = 3;
    private const int WordsLength = 160;

    /// <summary>Counts a refusal inside a unit, and pauses the provider if it is one too many.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">Who has refused.</param>
    /// <param name="kind"><see cref="RejectionReason.Unclear"/> or <see cref="RejectionReason.Fault"/>.</param>
    /// <param name="order">What it has refused.</param>
    /// <param name="words">In which words.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>Whether nothing is to follow for the order, as the provider is at fault and not the order.</returns>
    public static bool Count(UnitOfWork unit, int provider, RejectionReason kind, int order, string words, long now)
    {
        Keep(unit, new() { ProviderId = provider, Kind = kind, OrderId = order, Words = words, At = now });
        var refused = unit.Db.UnclearRefusals
            .Where(row => row.ProviderId == provider && row.Kind == kind)
            .OrderBy(row => row.At).ThenBy(row => row.OrderId)
            .Join(unit.Db.Orders, row => row.OrderId, one => one.Id, (row, one) => new { row.OrderId, row.Words, one.ResellerId, Target = one.Link ?? one.Details })
            .ToList();

        // Words that nobody knows may be about one target; a fault is about none.
        var isOfOne = kind == RejectionReason.Unclear && refused.DistinctBy(row => (row.ResellerId, row.Target)).Count() < 2;
        var isTooOften = refused.Count >= OrdersToPause && !isOfOne;
        if (isTooOften)
        {
            ProviderCircuit.PauseForUnclearRefusals(unit, provider, now);
        }

        var isStopped = isTooOften || ProviderCircuit.IsPausedForUnclearRefusals(unit, provider);
        if (isStopped)
        {
            var name = unit.Submissions.NameOf(provider);
            RaiseAlert(unit, provider, name, kind, [.. refused.Select(row => row.OrderId)], [.. refused.Select(row => row.Words)], now);
        }

        return isStopped;
    }

    /// <summary>The provider has accepted an order, or an operator goes on with it: what was counted counts no more.</summary>
    public static void Forget(UnitOfWork unit, int provider, long now)
    {
        if (unit.Submissions.ForgetStrange(provider))
        {
            ProviderCircuit.Resume(unit, provider, Pause.Strange, now);
            Alerts.End(unit, provider, AlertKind.Strange, "", now);
            Alerts.End(unit, provider, AlertKind.Faults, "", now);
        }
    }

    private static void Keep(UnitOfWork unit, UnclearRefusalRow refusal)
    {
        var mine = unit.Db.UnclearRefusals.Where(row => row.ProviderId == refusal.ProviderId && row.Kind == refusal.Kind);
        if (mine.Where(row => row.OrderId == refusal.OrderId).ExecuteUpdate(row => row.SetProperty(one => one.Words, refusal.Words)) == 1)
        {
            return;
        }

        if (mine.Count() >= MaxKept)
        {
            var oldest = mine.OrderBy(row => row.At).ThenBy(row => row.OrderId).Select(row => row.OrderId).First();
            mine.Where(row => row.OrderId == oldest).ExecuteDelete();
        }

        unit.Db.UnclearRefusals.Add(refusal);
        unit.Save();
    }

    private static void RaiseAlert(UnitOfWork unit, int provider, string name, RejectionReason kind, List<int> orders, List<string> words, long now)
    {
        var shown = string.Join(", ", orders.TakeLast(MaxShown));
        var more = orders.Count > MaxShown ? new Phrase("and_before", orders.Count - MaxShown) : null;
        var said = string.Join(" / ", words.AsEnumerable().Reverse().Distinct().Take(MaxWords).Select(one => $"\"{Cut(one)}\""));
        var code = kind == RejectionReason.Unclear ? "alert.strange" : "alert.faults";
        Alerts.Raise(
            unit,
            provider,
            kind == RejectionReason.Unclear ? AlertKind.Strange : AlertKind.Faults,
            "",
            new(code, said, orders.Count, shown, more, name),
            now);
    }

    private static string Cut(string words) => words.Length <= WordsLength ? words : $"{words[..WordsLength]}…";
}
