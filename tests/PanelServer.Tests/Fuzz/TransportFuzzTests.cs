using System.Net;
using System.Net.Sockets;
using System.Text;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Fuzz;

/// <summary>Paths, methods, sizes, and requests that no HTTP library would send.</summary>
[Collection(FuzzGroup.Name)]
[Trait("Category", "Process")]
public sealed class TransportFuzzTests(FuzzFixture fuzz)
{
    private const int MaxBody = 4 * 1024 * 1024;
    private const string Form = "Content-Type: application/x-www-form-urlencoded\r\n";

    [Theory]
    [InlineData("/api/v3")]
    [InlineData("/api/v2/x")]
    [InlineData("//api/v3")]
    [InlineData("//")]
    [InlineData("/api/v2;x")]
    [InlineData("/api/v2%00")]
    [InlineData("/api/%2e%2e/api/v2x")]
    [InlineData("/api/index.php")]
    [InlineData("/api/v2.json")]
    [InlineData("/api/")]
    [InlineData("/api")]
    public async Task Unknown_paths_are_not_found_in_json(string path)
    {
        var answer = await RawAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        if (path == "/api/v2%00")
        {
            // A listener may refuse such a request line by itself.
            Assert.Matches("^HTTP/1.1 (400|404)", answer);
            return;
        }

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":"Not found"}""", answer.TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
        Assert.Contains("\nContent-Type: application/json\r", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("HEAD")]
    public async Task Other_methods_are_not_allowed_in_json(string method)
    {
        foreach (var path in new[] { "/api/v2", "/api/v2/", "/api/v1" })
        {
            var query = $"{path}?key={FuzzFixture.Key}&action=balance";
            using var request = new HttpRequestMessage(new HttpMethod(method), query);
            var answer = await PanelCaller.SendAsync(fuzz.Http, request);
            Assert.Equal((405, "method_not_allowed"), (answer.Status, answer.ErrorCode));
            Assert.Equal("application/json", answer.ContentType);
            Assert.Equal(method == "HEAD" ? "" : """{"error":"Method not allowed"}""", answer.Body);
        }
    }

    [Theory]
    [InlineData(MaxBody, false, 200)]
    [InlineData(MaxBody + 1, false, 413)]
    [InlineData(MaxBody + 1, true, 413)]
    [InlineData(7 * 1024 * 1024, false, 413)]
    [InlineData(7 * 1024 * 1024, true, 413)]
    public async Task A_body_over_the_limit_is_too_large(int size, bool chunked, int status)
    {
        var start = Encoding.ASCII.GetBytes($"key={FuzzFixture.Key}&action=balance&x=");
        var body = new byte[size];
        Array.Fill(body, (byte)'a');
        start.CopyTo(body, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.TransferEncodingChunked = chunked;
        var answer = await PanelCaller.SendAsync(fuzz.Http, request);
        Assert.True(answer.Status == status && answer.ContentType == "application/json", answer.ToString());
        Assert.Equal(status == 413 ? "too_large" : null, answer.ErrorCode);
    }

    [Fact]
    public async Task An_endless_body_is_cut_off_and_the_server_goes_on()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Ascii($"POST /api/v2 HTTP/1.1\r\nHost: x\r\n{Form}Transfer-Encoding: chunked\r\n\r\n"));
        var chunk = Ascii("10000\r\n" + new string('a', 0x10000) + "\r\n");
        var sent = 0;
        try
        {
            while (sent < 1024 && !(socket.Poll(0, SelectMode.SelectRead)))
            {
                await socket.SendAsync(chunk);
                sent++;
            }
        }
        catch (SocketException)
        {
            // Cut off: as it must be.
        }

        Assert.True(sent < 1024, "64 MiB were taken without a word");
        await fuzz.ProveAsync();
    }

    [Fact]
    public async Task Ids_by_the_thousand_are_answered_and_more_are_refused()
    {
        using var caller = fuzz.Caller();
        var ids = Enumerable.Range(1, 1_001).Select(id => Units.Text(id)).ToArray();
        var thousand = await caller.AskAsync("status", ("orders", string.Join(',', ids[..1_000])));
        Assert.Null(ContractJudge.Judge("status", thousand));
        Assert.Equal("""{"error":"Incorrect order ID"}""", thousand.Json?["100"]?.ToJsonString());
        Assert.Equal("""{"error":"Too many IDs, up to 100 are allowed"}""", thousand.Json?["101"]?.ToJsonString());
        Assert.Equal("""{"error":"Too many IDs, up to 100 are allowed"}""", thousand.Json?["1000"]?.ToJsonString());

        (string, string)[] tooMany = [("orders", string.Join(',', ids))];
        foreach (var action in new[] { "status", "refill", "cancel" })
        {
            (await caller.AskAsync(action, tooMany)).SaysError("Too many IDs, up to 100 are allowed", "too_many_ids");
        }

        (await caller.AskAsync("refill_status", ("refills", string.Join(',', ids))))
            .SaysError("Too many IDs, up to 100 are allowed", "too_many_ids");
        var sevens = await caller.AskAsync("status", ("orders", string.Concat(Enumerable.Repeat("7,", 5_000))));
        sevens.Says("""{"7":{"error":"Incorrect order ID"}}""");
    }

    [Fact]
    public async Task Lines_by_the_ten_thousand_are_counted_and_more_are_refused()
    {
        using var caller = fuzz.Caller();
        (string, string)[] pack = [("service", "8"), ("link", "https://sandbox.test/l")];
        var lines = string.Join('\n', Enumerable.Repeat("ann", 10_001));
        (await caller.AskAsync("add", [.. pack, ("usernames", lines[4..])])).Accepted();
        foreach (var wrong in new[] { lines, new string('b', 2_001) + "\nann" })
        {
            (await caller.AskAsync("add", [.. pack, ("usernames", wrong)]))
                .SaysError("Incorrect usernames", "incorrect_field");
        }

        await fuzz.ProveAsync();
    }

    [Theory]
    [InlineData("chunk size", "Transfer-Encoding: chunked\r\n\r\nzz\r\nkey=1\r\n0\r\n\r\n")]
    [InlineData("chunk end", "Transfer-Encoding: chunked\r\n\r\n5\r\nkey=1xx0\r\n\r\n")]
    [InlineData("both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nkey=1")]
    [InlineData("no number", "Content-Length: five\r\n\r\nkey=1")]
    [InlineData("minus", "Content-Length: -1\r\n\r\n")]
    [InlineData("too big to be", "Content-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("very big", "Content-Length: 999999999999\r\n\r\nkey=1")]
    [InlineData("cut short", "Content-Length: 500\r\n\r\nkey=1&action=bal")]
    [InlineData("unknown coding", "Transfer-Encoding: gzip\r\n\r\n")]
    [InlineData("gzip", "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")]
    public async Task Broken_framing_never_ends_in_an_error_of_the_server(string what, string rest)
    {
        var answer = await RawAsync($"POST /api/v2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{Form}{rest}", hangUp: true);
        Assert.DoesNotMatch("^HTTP/1.1 5", answer);
        Assert.DoesNotContain("Exception", answer, StringComparison.OrdinalIgnoreCase);
        Assert.True(
            answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)
            || answer.Contains("{\"error\":\"", StringComparison.Ordinal),
            $"{what}: {answer}");
        fuzz.HasNoFault();
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("8000000000000000")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFF")]
    [InlineData("80000000")]
    [InlineData("7FFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("-1")]
    [InlineData("+5")]
    [InlineData("0x5")]
    [InlineData(" 5")]
    [InlineData("")]
    public async Task A_chunk_of_an_impossible_size_is_refused_and_the_connection_closed(string size)
    {
        // Side by side: the server takes a while before it closes the connection.
        await Task.WhenAll(new[] { "/api/v2", "/api/v1", "/sandbox/clock" }.Select(async path =>
        {
            // Nobody hangs up: the end of what is read is the server's own.
            var answer = await RawAsync($"POST {path} HTTP/1.1\r\nHost: x\r\n{Form}Transfer-Encoding: chunked\r\n\r\n{size}\r\nkey=1\r\n0\r\n\r\n");
            Assert.DoesNotMatch("^HTTP/1.1 5", answer);
            Assert.Contains("\nConnection: close\r", answer, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("error\":\"", answer, StringComparison.Ordinal);
        }));

        fuzz.HasNoFault();
    }

    // A caller that hangs up its half of the line is gone for the listener, so only broken requests do that.
    private async Task<string> RawAsync(string request, bool hangUp = false)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        if (hangUp)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        using var limit = new CancellationTokenSource(Patience.Seconds(30));
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var count)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Reset by the server after its answer, or instead of one.
        }

        return answer.ToString();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, fuzz.Server.Address.Port);
        return socket;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
