using System.Net.Sockets;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain.Providers;
using PanelServer.Tests.Providers;

namespace PanelServer.Tests.Processes;

/// <summary>A stop begins nothing more at once, and waits for what was begun as long as it is told to.</summary>
[Trait("Category", "Process")]
public sealed class StopTests
{
    private static readonly (string Name, string Value)[] Slow = [.. PanelFixture.NoLimits, ("PANEL__Providers__SendSeconds", "600")];

    [Fact]
    public async Task A_call_in_flight_is_waited_for_and_nothing_more_is_sent()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new RawUpstream(connection => AnswerAsync(connection, asked, answer.Task));
        using var folder = new PanelFolder();
        var server = await folder.ServeAsync([.. Slow, ("PANEL__Providers__StopSeconds", "600")]);
        await using var end = server;
        using var caller = await PrepareAsync(folder, server, upstream);
        var sent = (await caller.AskAsync("add", Order("1"))).Accepted();
        await asked.Task;
        var waits = (await caller.AskAsync("add", Order("2"))).Accepted();

        var stopping = server.StopAsync();
        await RefusedAsync(server.Address.Port);
        answer.SetResult();
        (await stopping).Done();

        Assert.Equal([SubmissionOutcome.Accepted], Outcomes(folder, sent));
        Assert.Empty(Outcomes(folder, waits));
        Assert.Single(upstream.Requests, request => request.Body.Contains("action=add", StringComparison.Ordinal));
        await folder.VerifyAsync();
    }

    [Fact]
    public async Task What_is_not_answered_in_that_time_is_unknown_and_the_log_tells_it()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new RawUpstream(connection => AnswerAsync(connection, asked, Task.Delay(Timeout.Infinite, connection.Stopped)));
        using var folder = new PanelFolder();
        await using var server = await folder.ServeAsync([.. Slow, ("PANEL__Providers__StopSeconds", "0")]);
        using var caller = await PrepareAsync(folder, server, upstream);
        var sent = (await caller.AskAsync("add", Order("1"))).Accepted();
        await asked.Task;

        (await server.StopAsync()).Done();

        Assert.Equal([SubmissionOutcome.Unknown], Outcomes(folder, sent));
        Assert.Single(server.Errors.Split('\n'), line => line.Contains($"rder {sent} is to be looked at", StringComparison.Ordinal));
        await folder.VerifyAsync();
    }

    private static (string, string)[] Order(string path) =>
        [("service", "1"), ("link", $"https://example.com/{path}"), ("quantity", "100")];

    private static async Task<PanelCaller> PrepareAsync(PanelFolder folder, PanelProcess server, RawUpstream upstream)
    {
        await folder.DoAsync("service", "add", "--type", "Default", "--category", "c", "--name", "n", "--rate", "2", "--min", "50", "--max", "1000");
        await folder.DoAsync(
            "provider", "add", "up", "--url", upstream.Address.ToString(), "--key", "secret-of-ours", "--internal", "--concurrency", "1");
        await folder.DoAsync("route", "add", "1", "up", "1");
        return server.Caller(await folder.ResellerAsync("acme", "1000"));
    }

    private static async Task AnswerAsync(RawConnection connection, TaskCompletionSource asked, Task answer)
    {
        while (await connection.ReadAsync() is { } call)
        {
            var isAdd = call.Body.Contains("action=add", StringComparison.Ordinal);
            if (isAdd)
            {
                asked.TrySetResult();
                await answer;
            }

            await connection.SendAsync(RawScript.Reply(200, isAdd ? """{"order":7}"""
                : call.Body.Contains("action=services", StringComparison.Ordinal)
                    ? """[{"service":1,"name":"n","type":"Default","category":"c","rate":"0.90","min":"50","max":"1000"}]"""
                : """{"balance":"100.0","currency":"USD"}"""));
        }
    }

    /// <summary>Waits until the server takes no more calls, which is how it shows that it stops.</summary>
    private static async Task RefusedAsync(int port)
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", port, limit.Token);
            }
            catch (SocketException)
            {
                return;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static List<SubmissionOutcome> Outcomes(PanelFolder folder, long order)
    {
        using var connection = new PanelDatabase(folder.Database).OpenReader();
        using var rows = new Statement(connection, $"SELECT outcome FROM sendings WHERE order_id = {Units.Text(order)}");
        var list = new List<SubmissionOutcome>();
        while (rows.Step())
        {
            list.Add((SubmissionOutcome)rows.Int(0));
        }

        return list;
    }
}
