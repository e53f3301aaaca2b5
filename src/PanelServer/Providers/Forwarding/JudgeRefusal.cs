using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Providers.Forwarding;

/// <summary>What a confirmed no to an order comes to, with regard to what was said before; inside the unit that ends the sending.</summary>
internal static class JudgeRefusal
{
    /// <summary>How long an order waits for another one of the same target.</summary>
    public static readonly TimeSpan BusyAtMost = TimeSpan.FromDays(1);

    /// <summary>How often one order may pause its provider; then it is put aside.</summary>
    public const int MostPauses = 2;

    /// <summary>What becomes of the order. Counts what is strange, and pauses the provider for it.</summary>
    public static Asked Judge(Writer writer, Errand errand, Asked asked, long now)
    {
        switch (asked.Objection)
        {
            case Objection.Unclear when StrangeRefusals.Count(writer, errand.Provider, Objection.Unclear, errand.Order, asked.Reason, now):
                return asked with { Outcome = SendingOutcome.Deferred };
            case Objection.Fault:
                StrangeRefusals.Count(writer, errand.Provider, Objection.Fault, errand.Order, asked.Reason, now);
                return asked;
            case Objection.Busy when BusySince(writer, errand) is { } since && now - since >= (long)BusyAtMost.TotalMilliseconds:
                return asked with { Outcome = SendingOutcome.Rejected };
            default:
                return asked;
        }
    }

    /// <summary>An order has paused its provider for our money so often that it would do so again and again.</summary>
    public static bool IsAgain(Writer writer, Errand errand, Asked asked) =>
        errand.Kind == SendingKind.Order
        && asked is { Objection: Objection.Funds, IsConfirmed: true }
        && writer.Db.Sendings.Count(row => row.Kind == SendingKind.Order && row.Subject == errand.Order && row.ProviderId == errand.Provider
            && row.Outcome == SendingOutcome.Deferred && row.Objection == Objection.Funds && row.Id < errand.Sending) >= MostPauses;

    /// <summary>An order that would pause its provider again and again waits for a person, and the others go on.</summary>
    public static void PutAside(Writer writer, Errand errand, Asked asked, long now)
    {
        // It may go elsewhere, or have ended meanwhile.
        if (!writer.Db.Due.Any(row => row.Kind == DueKind.Send && row.Subject == errand.Order && row.ProviderId == errand.Provider))
        {
            return;
        }

        writer.Due.Remove(DueKind.Send, errand.Order);
        Reviews.Open(
            writer,
            errand.Order,
            ReviewKind.Aside,
            string.Create(
                CultureInfo.InvariantCulture,
                $"provider {writer.Sendings.NameOf(errand.Provider)} does not take it, again and again: {asked.Reason}; it is put aside so that others go on: `panelserver order forward {errand.Order}` sends it again, `order cancel {errand.Order}` pays it back"),
            now);
    }

    private static long? BusySince(Writer writer, Errand errand) => writer.Db.Sendings
        .Where(row => row.Kind == SendingKind.Order && row.Subject == errand.Order && row.ProviderId == errand.Provider && row.Objection == Objection.Busy)
        .Min(row => (long?)row.StartedAt);
}
