using System.Text;

namespace PanelServer.Bench;

/// <summary>What <c>bench providers</c> found.</summary>
internal sealed record ProvidersReport(
    Workplace Place, Machine Machine, IReadOnlyList<ForwardedStage> Stages, IReadOnlyList<string> Problems,
    string VerifyFindings, string LoadAfter) : IReport
{
    /// <summary>An order is asked about again after a minute at the soonest: a pass has to end before.</summary>
    private const double PassGoalSeconds = 60;

    public bool IsTrue => VerifyFindings.Length == 0 && Problems.Count == 0;

    private IEnumerable<Besides> Others => Stages.SelectMany(OfStage);

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine("| orders sent on | calls of add | placed per second | sent per second | CPU µs | RssAnon MiB |");
        text.AppendLine("|--:|--:|--:|--:|--:|--:|");
        foreach (Sent sent in Stages.Select(stage => stage.Sent))
        {
            text.AppendLine(
                Tables.Invariant($"| {sent.Orders} | {sent.Adds} | {sent.Orders / sent.PlacedSeconds:0} ") +
                Tables.Invariant($"| {sent.Orders / sent.SentSeconds:0} | {sent.CpuMicroseconds:0} | {sent.RssAnonMiB:0} |"));
        }
        text.AppendLine();
        text.AppendLine(
            "| pass | open orders | calls of status | most ids | seconds | with its program | orders per second | CPU µs | RssAnon MiB |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (PollPass pass in Stages.SelectMany(stage => stage.Passes))
        {
            text.AppendLine(
                Tables.Invariant($"| {pass.Name} | {pass.Orders} | {pass.Calls} | {pass.Most} | {pass.Seconds:0.00} ") +
                Tables.Invariant($"| {pass.VerbSeconds:0.00} | {pass.PerSecond:0} | {pass.CpuMicroseconds:0} ") +
                Tables.Invariant($"| {pass.RssAnonMiB:0} |"));
        }
        Tables.AppendBesides(text, Others);
        Tables.AppendNotes(text, Notes());
        return text.ToString();
    }

    public string Json() => Tables.Json(new
    {
        mode = "providers",
        machine = Machine,
        loadAfter = LoadAfter,
        generator = Place.Load.Name,
        server = Place.Server,
        seconds = Place.Options.Seconds,
        pairs = Place.Options.Pairs,
        connections = Place.Options.Connections,
        services = Place.Options.Services,
        stages = Stages,
        others = Others,
        problems = Problems,
        verify = VerifyFindings,
        isTrue = IsTrue,
    });

    private static IEnumerable<Besides> OfStage(ForwardedStage stage)
    {
        int orders = stage.Sent.Orders;
        PollPass[] alone = [.. stage.Passes.Where(pass => pass.IsAlone)];
        int goal = ProvidersBench.CallsFor(orders);
        yield return new(
            Tables.Invariant($"{orders} open orders, asked about in one pass"),
            Tables.Invariant($"{string.Join(", ", alone.Select(pass => pass.Calls).Distinct())} calls"),
            Tables.Invariant($"{goal} calls"), alone.Length > 0 && alone.All(pass => pass.Calls == goal));
        double memory = stage.Passes.Max(pass => pass.RssAnonMiB);
        yield return new(
            Tables.Invariant($"RssAnon, the most in a pass over {orders}"), Tables.Invariant($"{memory:0} MiB"),
            Tables.Invariant($"≤ {Tables.MemoryGoalMiB} MiB"), memory <= Tables.MemoryGoalMiB);
        double seconds = stage.Passes.Max(pass => pass.Seconds);
        yield return new(
            Tables.Invariant($"the longest pass over {orders}"), Tables.Invariant($"{seconds:0.0} s"),
            Tables.Invariant($"≤ {PassGoalSeconds} s"), seconds <= PassGoalSeconds);
        yield return new(
            Tables.Invariant($"p99 of add of other services beside passes over {orders}"),
            Tables.Invariant($"{Of(stage, pair => pair.Beside.P99Ms):0.0} ms, {Of(stage, pair => pair.P99Ratio):0.0} × ") +
            Tables.Invariant($"{Of(stage, pair => pair.Alone.P99Ms):0.0} ms without one"));
        yield return new(
            Tables.Invariant($"add of other services a second beside passes over {orders}"),
            Tables.Invariant($"{Of(stage, pair => pair.Beside.PerSecond):0}, {Of(stage, pair => pair.RateRatio):0%} of ") +
            Tables.Invariant($"{Of(stage, pair => pair.Alone.PerSecond):0} without one"));
    }

    private static double Of(ForwardedStage stage, Func<BesidePass, double> figure) => Median.Of(stage.Beside.Select(figure));

    private IEnumerable<string> Notes()
    {
        foreach (string note in Tables.Surroundings(Place, Machine, LoadAfter))
        {
            yield return note;
        }
        yield return "the provider is a small panel in the bench's own process, on the same cores: 16 calls at a time";
        yield return Tables.Invariant($"placing by an ordinary HTTP client over {Place.Options.Connections} connections; sent from the first ") +
            "order placed to the last taken by the provider; CPU of the server for one order, placing included";
        yield return "a pass by `provider poll` from its first call to its end; beside it, what its program takes to start and tell; CPU of the " +
            "server for one order";
        foreach (PollPass pass in Stages.SelectMany(stage => stage.Passes).Where(pass => !pass.IsAlone))
        {
            yield return Tables.Invariant($"{pass.Name}, {pass.Orders} orders: orders fell due by themselves meanwhile, so its calls prove nothing");
        }
        foreach (string problem in Problems)
        {
            yield return $"NOT TRUE: {problem}";
        }
        yield return VerifyFindings.Length > 0 ? $"VERIFY FAILED: {VerifyFindings}"
            : IsTrue ? "every order was sent once, every pass asked about every order once, and verify found nothing"
            : "verify found nothing";
    }
}
