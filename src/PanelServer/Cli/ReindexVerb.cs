using System.CommandLine;
using System.Globalization;
using PanelServer.Orders;

namespace PanelServer.Cli;

/// <summary><c>order reindex</c>: rebuilds the index of resellers' orders, when it was lost or is marked wrong.</summary>
internal static class ReindexVerb
{
    public static Command Command(Verbs verbs) => verbs.Changing<IndexOrders>(
        new("reindex", "Makes the index of resellers' orders anew, after verify has found it wrong.\n\nExample:\n  panelserver order reindex"),
        async (context, orders) =>
        {
            var newest = await orders.RebuildAsync(context.Progress);
            return context.Write(
                new { Newest = newest },
                string.Create(CultureInfo.InvariantCulture, $"orders are indexed anew, up to {newest}"));
        });
}
