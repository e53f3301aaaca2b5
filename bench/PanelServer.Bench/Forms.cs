using System.Globalization;

namespace PanelServer.Bench;

/// <summary>The forms a row sends. Links, quantities and ids vary, always in the same way.</summary>
internal static class Forms
{
    public const int IdsPerBatch = 100;

    public static string[] Add(Panel panel, int count, int seed = 7)
    {
        var random = new Random(seed);
        IReadOnlyList<int> services = panel.Catalogue.DefaultServices;
        return [.. Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture,
            $"{panel.Form("add")}&service={services[random.Next(services.Count)]}" +
            $"&link=https%3A%2F%2Finstagram.com%2Fp%2FC{random.NextInt64(1L << 40):x}%2F" +
            $"&quantity={random.Next(Catalogue.SmallestQuantity, Catalogue.LargestQuantity + 1)}"))];
    }

    public static string[] Status(Panel panel, IReadOnlyList<long> orders) =>
        [.. orders.Select(id => string.Create(CultureInfo.InvariantCulture, $"{panel.Form("status")}&order={id}"))];

    public static string[] Statuses(Panel panel, IEnumerable<IEnumerable<long>> batches) =>
        [.. batches.Select(ids => $"{panel.Form("status")}&orders={string.Join(',', ids)}")];

    /// <summary>So many batches of different ids, all from a few orders.</summary>
    public static IEnumerable<IEnumerable<long>> Batches(IReadOnlyList<long> orders, int count)
    {
        var random = new Random(11);
        long[] ids = [.. orders];
        for (int i = 0; i < count; i++)
        {
            random.Shuffle(ids);
            yield return ids.Take(IdsPerBatch);
        }
    }
}
