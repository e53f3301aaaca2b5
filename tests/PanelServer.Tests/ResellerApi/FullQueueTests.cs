using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using PanelServer.Data;

namespace PanelServer.Tests.ResellerApi;

/// <summary>When more changes wait than may, the next caller is told to come back at once (docs/contract.md, "Errors").</summary>
public sealed class FullQueueTests
{
    /// <summary>How long the writer waits for a file that somebody else has locked; a later 503 would be about the file.</summary>
    private static readonly TimeSpan WriterWaits = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_full_queue_answers_503_at_once_and_what_waits_is_answered_when_it_moves()
    {
        await using var panel = TestPanel.Sandbox(("Limits:CallsPerSecond", "0"), ("Limits:ConcurrentCalls", "0"));
        await panel.VerbAsync("reseller", "deposit", "demo", "10000", "--note", "for many orders");
        List<Task<(HttpStatusCode Status, bool HasRetryAfter, string Body)>> waiting = [];
        List<(HttpStatusCode Status, bool HasRetryAfter, string Body)> early = [];

        // Another program that has the file: the writer waits for it, and what comes then waits for the writer.
        await using (var other = new SqliteConnection($"Data Source={panel.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync();
            PanelDatabase.Execute(other, "BEGIN IMMEDIATE");
            var held = Stopwatch.GetTimestamp();
            while (early.Count == 0 && waiting.Count <= 2 * WriteQueue.WaitingUnits)
            {
                waiting.AddRange(Enumerable.Range(waiting.Count, WriteQueue.WaitingUnits / 8).Select(number => OrderAsync(panel, number)));
                var balance = await panel.DemoAsync(("action", "balance"));
                Assert.Contains("10100.84292", balance, StringComparison.Ordinal);
                early.AddRange(await Task.WhenAll(waiting.Where(order => order.IsCompleted)));
            }

            Assert.True(
                Stopwatch.GetElapsedTime(held) < WriterWaits,
                $"{early.Count} answers of {waiting.Count}, but too late to tell a full queue from a locked file");
            PanelDatabase.Execute(other, "ROLLBACK");
        }

        var all = await Task.WhenAll(waiting);
        var refused = all.Where(order => order.Status == HttpStatusCode.ServiceUnavailable).ToList();
        Assert.NotEmpty(early);
        Assert.All(early, order => Assert.Equal(HttpStatusCode.ServiceUnavailable, order.Status));
        Assert.All(refused, order => Assert.Equal((true, """{"error":"Service unavailable"}"""), (order.HasRetryAfter, order.Body)));
        Assert.All(all.Except(refused), order => Assert.StartsWith("""{"order":""", order.Body, StringComparison.Ordinal));
        Assert.True(all.Length - refused.Count >= WriteQueue.WaitingUnits, $"only {all.Length - refused.Count} could wait");
    }

    private static async Task<(HttpStatusCode Status, bool HasRetryAfter, string Body)> OrderAsync(TestPanel panel, int number)
    {
        using var answer = await panel.SendAsync(
            "/api/v2",
            ("key", TestPanel.DemoKey), ("action", "add"), ("service", "1"), ("link", $"https://example.com/p/{number}"), ("quantity", "100"));
        return (answer.StatusCode, answer.Headers.RetryAfter is not null, await answer.Content.ReadAsStringAsync());
    }
}
