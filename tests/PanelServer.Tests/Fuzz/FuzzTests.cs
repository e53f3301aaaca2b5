using System.Collections.Concurrent;
using System.Globalization;
using PanelServer.Tests.Processes;
using Xunit.Abstractions;

namespace PanelServer.Tests.Fuzz;

/// <summary>
/// Every hostile value through every parameter of every action, in every encoding and both dialects: nothing but answers
/// of the contract, the same meaning however it is written, and not one unit of money that is not accounted for.
/// </summary>
[Collection(FuzzGroup.Name)]
[Trait("Category", "Process")]
public sealed class FuzzTests(FuzzFixture fuzz, ITestOutputHelper log)
{
    private static readonly Encodings[] SameText =
        [Encodings.Form, Encodings.Multipart, Encodings.JsonText, Encodings.Query];

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _findings = new();
    private readonly ConcurrentDictionary<long, bool> _orders = new();
    private readonly ConcurrentBag<TimeSpan> _took = [];

    [Fact]
    public async Task Hostile_values_get_only_answers_of_the_contract()
    {
        using var caller = fuzz.Caller();
        var balance = await caller.BalanceAsync();
        (string, string)[] plain = [("service", "1"), ("link", "https://sandbox.test/"), ("quantity", "100")];
        var known = (await caller.AskAsync("add", plain)).Accepted();
        _orders.TryAdd(known, true);

        var work = from path in new[] { "/api/v2", "/api/v1" }
                   from call in FuzzCall.All(Units.Text(known)).Select((call, at) => (call, at))
                   select (path, call.call, call.at);
        await Parallel.ForEachAsync(
            work,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (item, _) => await SweepAsync(item.path, item.call, item.at));

        Report();
        await MoneyIsAccountedForAsync(caller, balance);
        await fuzz.ProveAsync();
    }

    private async Task SweepAsync(string path, FuzzCall call, int at)
    {
        foreach (var value in FuzzDictionary.All)
        {
            Dictionary<Encodings, string> meanings = [];
            foreach (var encoding in EncodingsOn(path, at++))
            {
                using var request = EncodingWriter.Write(encoding, path, FuzzFixture.Key, call, value);
                if (request is not null)
                {
                    meanings.Add(encoding, await SendAsync(request, path, encoding, call, value));
                }
            }

            var said = SameText.Where(meanings.ContainsKey).GroupBy(encoding => meanings[encoding]).ToList();
            if (value.IsText && call.MeansTheSameTwice && said.Count > 1)
            {
                Note(
                    "one meaning in one encoding, another in another",
                    $"{path} {call.Action} {call.Hostile}={value}: "
                    + string.Join("; ", said.Select(group => $"{string.Join('+', group)}: {group.Key}")));
            }
        }
    }

    // The dialects differ in the wording of answers alone, so for the second one the encodings take turns.
    private static Encodings[] EncodingsOn(string path, int turn)
    {
        var all = Enum.GetValues<Encodings>();
        return path == "/api/v2" ? all : [all[turn % all.Length]];
    }

    // Gives what was meant: the text of the refusal, or that there was none.
    private async Task<string> SendAsync(
        HttpRequestMessage request, string path, Encodings encoding, FuzzCall call, FuzzValue value)
    {
        var answer = await PanelCaller.SendAsync(fuzz.Http, request);
        _took.Add(answer.Took);
        var action = call.Hostile is "action" or "key" ? "?" : call.Action;
        if (ContractJudge.Judge(action, answer) is { } finding)
        {
            Note(finding, $"{encoding} {path} {call.Action}({Described(call)}) {call.Hostile}={value} → {answer}");
            return finding;
        }

        if (action == "add" && answer.Order is { } order)
        {
            _orders.TryAdd(order, true);
        }

        return answer.Error ?? "done";
    }

    private void Note(string finding, string evidence) =>
        _findings.GetOrAdd(finding, _ => []).Enqueue(evidence);

    private void Report()
    {
        var slowest = _took.Order().ToList();
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{slowest.Count} cases, {_orders.Count} orders; p50 {At(0.5)} ms, p99 {At(0.99)} ms, longest {At(1)} ms"));
        var text = string.Join('\n', _findings.Select(finding =>
            $"{finding.Value.Count} × {finding.Key}\n    {string.Join("\n    ", finding.Value.Take(6))}"));
        Assert.True(_findings.IsEmpty, text);

        double At(double share) => Math.Round(slowest[(int)((slowest.Count - 1) * share)].TotalMilliseconds, 1);
    }

    private async Task MoneyIsAccountedForAsync(PanelCaller caller, long before)
    {
        var states = await caller.StatesAsync(_orders.Keys);
        Assert.True(states.Count > 1_000, $"only {states.Count} orders were made: too few to say anything");
        Assert.DoesNotContain(states, state => state.Value is { Charge: 0, Status: "Pending" });
        Assert.Equal(before - states.Values.Sum(state => state.Charge), await caller.BalanceAsync());
    }

    private static string Described(FuzzCall call) =>
        string.Join('&', call.Fields.Select(field => $"{field.Name}={field.Value.ReplaceLineEndings("|")}"));
}
