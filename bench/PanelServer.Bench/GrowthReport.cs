using System.Text;

namespace PanelServer.Bench;

/// <summary>What <c>bench growth</c> found.</summary>
internal sealed record GrowthReport(
    Workplace Place, Machine Machine, IReadOnlyList<GrowthStage> Stages, double FillingPerSecond, string LoadAfter)
    : IReport
{
    /// <summary>The share of the rate of add at the smallest size that is to be left at the largest.</summary>
    private const double AddGoal = 0.80;

    public bool IsTrue => Stages.All(stage => stage.Verified.Findings.Length == 0) && Rows.All(row => row.Problems.Count == 0);

    private IEnumerable<RowResult> Rows => Stages.SelectMany(stage => stage.Rows);

    /// <summary>How much of its share of the floor add keeps while the panel grows.</summary>
    private double AddKept => Stages[^1].Add.Ratio / Stages[0].Add.Ratio;

    private IEnumerable<Besides> Others =>
    [
        .. Stages.SelectMany(OfStage),
        new(
            Tables.Invariant($"{Stages[^1].Add.Row.Name}: its share of the floor at {Stages[^1].Orders} against that at {Stages[0].Orders}"),
            Tables.Invariant($"{AddKept:0.0%}"), Tables.Invariant($"≥ {AddGoal:0%}"), AddKept >= AddGoal),
        Tables.Memory(Rows),
    ];

    public string Text()
    {
        var text = new StringBuilder();
        foreach (GrowthStage stage in Stages)
        {
            text.AppendLine().AppendLine(Tables.Invariant($"{stage.Orders} orders:")).AppendLine();
            Tables.AppendRows(text, stage.Rows);
        }
        Tables.AppendBesides(text, Others);
        Tables.AppendNotes(text, Notes());
        return text.ToString();
    }

    public string Json() => Tables.Json(new
    {
        mode = "growth",
        machine = Machine,
        loadAfter = LoadAfter,
        generator = Place.Load.Name,
        server = Place.Server,
        seconds = Place.Options.Seconds,
        pairs = Place.Options.Pairs,
        services = Place.Options.Services,
        fillingPerSecond = FillingPerSecond,
        stages = Stages.Select(stage => new
        {
            stage.Orders,
            stage.BytesPerOrder,
            stage.Start,
            stage.ListSeconds,
            stage.VerifiedOrders,
            stage.Verified,
            rows = stage.Rows.Select(Tables.Plain),
        }),
        others = Others,
        addKept = AddKept,
        isTrue = IsTrue,
    });

    private static IEnumerable<Besides> OfStage(GrowthStage stage)
    {
        string where = Tables.Invariant($", {stage.Orders} orders");
        foreach (Besides one in stage.Rows.SelectMany(row => Tables.OfRow(row, where)))
        {
            yield return one;
        }
        yield return Tables.Start(stage.Start, where);
        yield return new($"order list of a reseller's newest 50{where}", Tables.Invariant($"{stage.ListSeconds * 1000:0} ms"));
        yield return new(
            Tables.Invariant($"verify, {stage.VerifiedOrders} orders"),
            Tables.Invariant($"{stage.Verified.Seconds * 1000:0} ms, {stage.VerifiedOrders / stage.Verified.Seconds:0} orders/s, ") +
            Tables.Invariant($"RssAnon {stage.Verified.RssAnonMiB:0} MiB"));
        yield return new($"the file{where}", Tables.Invariant($"{stage.BytesPerOrder:0} bytes per order"));
    }

    private IEnumerable<string> Notes()
    {
        foreach (string note in Tables.Surroundings(Place, Machine, LoadAfter))
        {
            yield return note;
        }
        yield return Tables.Invariant($"{Place.Options.Services} services, all orders of one reseller, filled over HTTP, ") +
            Tables.Invariant($"{FillingPerSecond:0} a second; each add row makes more, which count in the next size");
        yield return "ids from all over the panel; against EF Core: the same calls to a small endpoint of its own process, which " +
            "reads the same file and asks for no key";
        yield return "order list and verify from starting the program to its end, beside the idle server";
        yield return "not measured: opening a database that has to be upgraded";
        foreach (string problem in Tables.Problems(Rows))
        {
            yield return problem;
        }
        string[] findings = [.. Stages.Select(stage => stage.Verified.Findings).Where(found => found.Length > 0)];
        yield return findings.Length > 0
            ? $"VERIFY FAILED: {findings[0]}"
            : IsTrue
                ? "every answer looked at was a success, every answered order was made, and verify found nothing at any size"
                : "verify found nothing";
    }
}
