using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace PanelServer.Tests.Processes;

/// <summary>
/// An order is answered when it is on disk, and not before: seen from outside, by what the program asks of the kernel. A
/// killed process does not show this, because the kernel keeps what was written; only a power cut would.
/// </summary>
[Trait("Category", "Process")]
public sealed partial class DurabilityTests(ITestOutputHelper log)
{
    private const int OneByOne = 5;
    private const int AtOnce = 50;

    [StraceFact]
    public async Task No_order_is_answered_before_its_commit_was_forced_to_disk_and_many_share_one_force()
    {
        using var folder = new PanelFolder();
        var trace = folder.File("trace");
        Dictionary<long, string> links = [];
        await using (var server = await folder.ServeAsync([.. PanelFixture.NoLimits, (PanelProcess.Through, Strace.Into(trace))]))
        {
            await PanelFixture.ImportAsync(folder);
            var key = await folder.ResellerAsync("acme", "1000");
            using var caller = server.Caller(key);
            for (var order = 0; order < OneByOne; order++)
            {
                var (id, link) = await OrderAsync(caller, order);
                links.Add(id, link);
            }

            foreach (var (id, link) in await Task.WhenAll(
                Enumerable.Range(OneByOne, AtOnce).Select(order => OrderAsync(caller, order))))
            {
                links.Add(id, link);
            }

            (await server.StopAsync()).Done();
        }

        var calls = Strace.Read(trace);
        var toLog = calls.Where(call => call.Path.EndsWith(".db-wal", StringComparison.Ordinal)).ToList();
        var answers = calls
            .Select(call => (Call: call, Order: Answer().Match(call.Text)))
            .Where(sent => sent.Order.Success && sent.Call.Path.StartsWith("socket:", StringComparison.Ordinal))
            .ToDictionary(sent => long.Parse(sent.Order.Groups[1].ValueSpan, CultureInfo.InvariantCulture), sent => sent.Call);
        Assert.Equal(links.Keys.Order(), answers.Keys.Order());
        foreach (var (id, link) in links)
        {
            var written = toLog.First(call => !call.IsSync && call.Text.Contains(link, StringComparison.Ordinal));
            var forced = toLog.FirstOrDefault(call => call.IsSync && call.Begun > written.Ended);
            Assert.True(
                forced?.Ended < answers[id].Begun,
                $"order {id}: written in line {written.Begun}, forced in {forced?.Ended}, answered in {answers[id].Begun}");
        }

        var first = links.Keys.Order().Skip(OneByOne - 1).First();
        var forces = toLog.Count(call => call.IsSync && call.Begun > answers[first].Ended && call.Begun < answers.Values.Max(sent => sent.Begun));
        log.WriteLine($"{AtOnce} orders at once: the log was forced {forces} times");
        Assert.InRange(forces, 1, AtOnce - 1);
        await folder.VerifyAsync();
    }

    private static async Task<(long Id, string Link)> OrderAsync(PanelCaller caller, int number)
    {
        // Ends in a letter, so that no link is the beginning of another.
        var link = $"https://example.com/durable/{Units.Text(number)}x";
        var answer = await caller.AskAsync("add", ("service", "101"), ("link", link), ("quantity", "309"));
        return (answer.Accepted(), link);
    }

    [GeneratedRegex(@"\{\\""order\\"":(\d+)\}")]
    private static partial Regex Answer();
}
