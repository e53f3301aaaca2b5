using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Forwarding;

/// <summary>
/// What was being sent when the panel was last closed without a word: whether it was accepted nobody knows. To be done while
/// nobody sends, under the folder's lock.
/// </summary>
internal static class RecoverSendings
{
    private const string Why = "the panel stopped while it was being sent";
    private const int AtOnce = 500;

    /// <returns>How many there were.</returns>
    public static async Task<int> RunAsync(WriteQueue writes, long now)
    {
        for (var all = 0; ;)
        {
            var recovered = await writes.RunAsync(writer => Recover(writer, now));
            all += recovered;
            if (recovered < AtOnce)
            {
                return all;
            }
        }
    }

    private static int Recover(Writer writer, long now)
    {
        var underWay = writer.Sendings.UnderWay(AtOnce);
        foreach (var (id, kind, subject, order, provider) in underWay)
        {
            writer.Sendings.End(id, new SendingEnd(SendingOutcome.Unknown) { Reason = Why }, now);
            switch (kind)
            {
                case SendingKind.Order:
                    SendOrder.OpenUnknown(writer, order, provider, Why, now);
                    break;
                case SendingKind.Refill:
                    SendRefill.OpenUnknown(writer, order, subject, provider, Why, now);
                    break;
                case SendingKind.Cancel when writer.Orders.OpenCancel(order) == subject:
                    writer.Due.Set(DueKind.SendCancel, order, order, now, provider, attempts: 1);
                    break;
                case SendingKind.Cancel:
                    // The order has ended meanwhile.
                    break;
            }
        }

        return underWay.Count;
    }
}
