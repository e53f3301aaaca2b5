using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PanelServer.Hosting;
using Xunit.Abstractions;

namespace PanelServer.Tests.Processes;

/// <summary>A crowd that has no key: whatever it sends or leaves unsent, it fills no memory and locks out nobody.</summary>
[Trait("Category", "Process")]
public sealed class CrowdTests(ITestOutputHelper log)
{
    private const string Key = "sandbox-rich-key";
    private const int BodyBytes = 4 * 1024 * 1024;
    private const int MaxMiB = 300;
    private const int Crowd = 3_000;
    private const int Senders = 250;

    [Fact]
    public async Task Unfinished_bodies_without_a_key_fill_no_memory_and_a_caller_with_one_is_served()
    {
        using var folder = new PanelFolder { Sandbox = true };
        await using var server = await folder.ServeAsync();
        using var caller = server.Caller(Key);
        await caller.BalanceAsync();

        var begun = Encoding.ASCII.GetBytes("x=" + new string('a', BodyBytes - 3));
        var sockets = new List<Socket>();
        while (sockets.Count < Senders)
        {
            sockets.Add(await ConnectAsync(server.Address.Port));
        }

        // Those for whom there is no room are not read: their sending stands still.
        var sending = sockets.Select(socket => SendAsync(socket, begun)).ToList();
        (string, string)[] large = [("x", new string('b', BodyBytes - 1024))];
        for (var call = 0; call < 100; call++)
        {
            await caller.BalanceAsync();
            Assert.InRange(await MemoryAsync(server), 1, MaxMiB);
        }

        Assert.Equal(200, (await caller.AskAsync("balance", large)).Status);
        Assert.InRange(await MemoryAsync(server), 1, MaxMiB);
        sockets.ForEach(socket => socket.Dispose());
        await Task.WhenAll(sending);

        // Their room is given back: without a key, too, a large body is read again.
        using var keyless = server.Caller("nobody's");
        await Patience.UntilAsync("a caller is served", async () => (await keyless.AskAsync("balance", large)).ErrorCode == "invalid_key");
        Assert.Equal("", server.Errors);
    }

    [Fact]
    public async Task Silent_connections_by_the_thousand_lock_out_nobody()
    {
        using var folder = new PanelFolder { Sandbox = true };
        await using var server = await PanelProcess.StartAsync(["serve", "--sandbox", "--data", folder.Data, "--urls", "http://0.0.0.0:0"]);
        var port = server.Address.Port;

        // Proven before the others come, and the oldest of all when it does.
        using var proven = await ConnectAsync(port);
        Assert.Contains("\"balance\"", await AskAsync(proven, $"POST /api/v2?key={Key}&action=balance"), StringComparison.Ordinal);

        var silent = new List<Socket>();
        for (var count = 0; count < Crowd; count++)
        {
            silent.Add(await ConnectAsync(port));
        }

        // A try that comes while thousands are still being ended may be ended, too; it is the next that shows it.
        foreach (var from in new[] { IPAddress.Loopback, IPAddress.Parse("127.0.0.2") })
        {
            await Patience.UntilAsync("a caller is served", async () =>
            {
                using var guest = await ConnectAsync(port, from);
                return (await AskAsync(guest, "GET /healthz")).EndsWith("ok", StringComparison.Ordinal);
            });
        }

        Assert.Contains("\"balance\"", await AskAsync(proven, $"POST /api/v2?key={Key}&action=balance"), StringComparison.Ordinal);
        await Patience.UntilAsync("the crowd is bounded", () => silent.Count(IsOpen) <= UnprovenConnections.MaxOfOneNetwork);
        log.WriteLine($"{silent.Count(IsOpen)} still stand");
        Assert.True(IsOpen(silent[^1]), "the newest was ended instead of the oldest");
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Calls_that_a_trusted_proxy_passes_on_are_counted_to_the_address_it_names()
    {
        using var folder = new PanelFolder { Sandbox = true };
        await using var server = await folder.ServeAsync(("PANEL__Hosting__TrustedProxies", "127.0.0.1"));
        var port = server.Address.Port;
        using var other = await UnfinishedAsync(port, "198.51.100.7");
        var crowd = new List<Socket>();
        for (var count = 0; count < UnprovenConnections.MaxOfOneNetwork + 50; count++)
        {
            crowd.Add(await UnfinishedAsync(port, "203.0.113.9"));
        }

        await Patience.UntilAsync("the crowd is bounded", () => crowd.Count(IsOpen) == UnprovenConnections.MaxOfOneNetwork);
        Assert.True(IsOpen(other), "another's call was ended");
        var silent = new List<Socket>();
        for (var count = 0; count < UnprovenConnections.MaxOfOneNetwork + 50; count++)
        {
            silent.Add(await ConnectAsync(port));
        }

        using var caller = server.Caller(Key);
        await caller.BalanceAsync();
        Assert.All(silent, socket => Assert.True(IsOpen(socket), "a connection of the proxy was ended"));
        crowd.Concat(silent).ToList().ForEach(socket => socket.Dispose());
    }

    private static async Task<Socket> UnfinishedAsync(int port, string forwardedFor)
    {
        var socket = await ConnectAsync(port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v2 HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {forwardedFor}\r\nContent-Length: 1000000\r\n\r\nx={new string('a', 8_000)}"));
        return socket;
    }

    private static async Task SendAsync(Socket socket, byte[] begun)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /api/v2 HTTP/1.1\r\nHost: x\r\nContent-Length: {BodyBytes}\r\n\r\n"));
            for (var at = 0; at < begun.Length;)
            {
                at += await socket.SendAsync(begun.AsMemory(at), SocketFlags.None);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Refused, or given up at the end of the test.
        }
    }

    private static async Task<string> AskAsync(Socket socket, string line)
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        var buffer = new byte[4096];
        var answer = "";
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
            while (!answer.EndsWith('}') && !answer.EndsWith("ok", StringComparison.Ordinal)
                && await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var count)
            {
                answer += Encoding.ASCII.GetString(buffer, 0, count).TrimEnd('0', '\r', '\n');
            }
        }
        catch (SocketException)
        {
            // Ended.
        }

        return answer;
    }

    private static async Task<Socket> ConnectAsync(int port, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static bool IsOpen(Socket socket)
    {
        try
        {
            return !socket.Poll(0, SelectMode.SelectRead) || socket.Available > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<int> MemoryAsync(PanelProcess server)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{server.Id}/status");
        var words = lines.Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[1], CultureInfo.InvariantCulture) / 1024;
    }
}
