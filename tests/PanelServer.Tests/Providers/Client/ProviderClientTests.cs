using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Tests.Providers.Client;

/// <summary>Calls over real connections, to providers that do wrong on purpose.</summary>
public sealed class ProviderClientTests : IDisposable
{
    private static readonly CallBound Long = new(TimeSpan.FromSeconds(60), 64 * 1024);
    private static readonly CallBound Short = Long with { Deadline = TimeSpan.FromSeconds(2) };

    private static readonly KeyValuePair<string, string>[] Order =
        [new("service", "1"), new("link", "https://example.com/a b?c=ü&d"), new("quantity", "100")];

    private readonly ProviderHttp _patient = new(new() { Connect = Long.Deadline, Change = Long, Question = Long, Services = Long });
    private readonly ProviderHttp _hurried = new(new() { Connect = Long.Deadline, Change = Short, Question = Short, Services = Short });

    public void Dispose()
    {
        _patient.Dispose();
        _hurried.Dispose();
    }

    [Fact]
    public async Task A_call_is_a_form_with_the_key_and_what_was_given()
    {
        await using var upstream = new RawUpstream(RawScript.Bodies("""{"order":5}"""));
        var asked = await AddAsync(upstream);

        Assert.Equal((Accepted, "5"), (asked.Outcome, asked.UpstreamId));
        var request = Assert.Single(upstream.Requests);
        const string Form = "action=add&service=1&link=https%3A%2F%2Fexample.com%2Fa+b%3Fc%3D%C3%BC%26d&quantity=100";
        Assert.Equal($"key={Uri.EscapeDataString(Given.Key)}&{Form}", request.Body);
        Assert.StartsWith("POST /api/v2 HTTP/1.1\r\n", request.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: panelserver\r\n", request.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept: application/json\r\n", request.Head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", request.Head, StringComparison.Ordinal);
        Assert.Equal(
            ($"key=[key]&{Form}", (long)request.Body.Length, true, 200, """{"order":5}""", null),
            (asked.Exchange.Sent, asked.Exchange.SentBytes, asked.Exchange.HasLeft, asked.Exchange.Status, asked.Exchange.Answer, asked.Exchange.Failure));
    }

    [Fact]
    public async Task Every_action_asks_by_its_published_names()
    {
        await using var upstream = new RawUpstream(RawScript.Bodies(
            """{"refill":"1"}""", """[{"order":2,"cancel":1}]""", """{"status":"Completed"}""", """{"1":{"status":"Partial"}}""",
            """{"status":"Rejected"}""", """[{"refill":1,"status":"Completed"}]""", """{"balance":"1"}""", "[]"));
        var (api, account) = (new ProviderClient(_patient), AccountOf(upstream));

        Assert.Equal("1", (await api.RefillAsync(account, "2", default)).UpstreamId);
        Assert.Equal(Accepted, (await api.CancelAsync(account, "2", default)).Outcome);
        Assert.Single((await api.StatusAsync(account, ["1"], default)).Value!);
        Assert.Single((await api.StatusAsync(account, ["1", "x-2"], default)).Value!);
        Assert.Single((await api.RefillStatusAsync(account, ["1"], default)).Value!);
        Assert.Single((await api.RefillStatusAsync(account, ["1", "2"], default)).Value!);
        Assert.Equal(100_000, (await api.BalanceAsync(account, default)).Value!.Units);
        Assert.Empty((await api.ServicesAsync(account, default)).Value!.Services);
        Assert.Equal(
            [
                "action=refill&order=2", "action=cancel&orders=2", "action=status&order=1", "action=status&orders=1%2Cx-2",
                "action=refill_status&refill=1", "action=refill_status&refills=1%2C2", "action=balance", "action=services",
            ],
            upstream.Requests.Select(request => request.Body[(request.Body.IndexOf('&', StringComparison.Ordinal) + 1)..]));
        Assert.Equal(1, upstream.Connections);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => api.StatusAsync(account, [], default));
    }

    [Fact]
    public async Task What_has_not_left_was_not_sent()
    {
        await using var plain = new RawUpstream(RawScript.AnswerUnread("HTTP/1.1 400 Said\r\n\r\n"));
        using var certificate = SelfSigned();
        await using var secure = new RawUpstream(RawScript.Tls(certificate, RawScript.Bodies("""{"order":5}""")));
        var reasons = new Dictionary<string, SubmissionResult>
        {
            ["nobody listens"] = await AddAsync(new Uri($"http://127.0.0.1:{ClosedPort()}/")),
            ["no such host"] = await AddAsync(new Uri("http://nowhere.invalid/")),
            ["no TLS"] = await AddAsync(plain.SecureAddress),
            ["a certificate of nobody"] = await AddAsync(secure.SecureAddress),
            ["no scheme of ours"] = await AddAsync(new Uri("ftp://127.0.0.1/")),
            ["no address at all"] = await AddAsync(new Uri("/api/v2", UriKind.Relative)),
            ["given up before"] = await new ProviderClient(_patient).AddAsync(AccountOf(plain), Order, new CancellationToken(true)),
        };

        Assert.All(reasons, pair =>
        {
            Assert.True(pair.Value.Outcome == NotSent, $"{pair.Key}: {pair.Value}");
            Assert.Equal((false, 0), (pair.Value.Exchange.HasLeft, pair.Value.Exchange.Status));
            Assert.True(pair.Value.Reason.Length > 0 && pair.Value.Reason == pair.Value.Exchange.Failure, pair.Key);
        });
        Assert.Empty(plain.Requests);
        Assert.Empty(secure.Requests);
    }

    [Fact]
    public async Task An_address_of_this_network_is_called_only_for_an_internal_provider()
    {
        await using var upstream = new RawUpstream(RawScript.Bodies("""{"balance":"1"}""", """{"order":5}"""));
        var inside = AccountOf(upstream);

        // The connection that is kept was opened for the internal one, and is not used for the other.
        Assert.NotNull((await new ProviderClient(_patient).BalanceAsync(inside, default)).Value);
        var asked = await new ProviderClient(_patient).AddAsync(inside with { IsInternal = false }, Order, default);

        Assert.Equal(
            (NotSent, "127.0.0.1 is a loopback address; if it is meant, --internal allows it"),
            (asked.Outcome, asked.Reason));
        Assert.Single(upstream.Requests);
        Assert.Equal(1, upstream.Connections);
    }

    public static TheoryData<string, byte[]> Broken() => new()
    {
        { "nothing", [] },
        { "no HTTP", "hello"u8.ToArray() },
        { "half a head", "HTTP/1.1 200 OK\r\nContent-"u8.ToArray() },
        { "half a body", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"order\":5}"u8.ToArray() },
        { "half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"order\":5}\r\n"u8.ToArray() },
        { "half a document", "HTTP/1.1 200 OK\r\n\r\n{\"order\":"u8.ToArray() },
        { "an empty body", RawScript.Reply(200, "") },
        { "a page", RawScript.Reply(200, "<html>Checking your browser</html>") },
        { "no compression", RawScript.Reply(200, """{"order":5}""", "Content-Encoding: gzip") },
        { "500", RawScript.Reply(500, """{"error":"Incorrect link"}""") },
        { "502", RawScript.Reply(502, "<html>Bad gateway</html>") },
        { "504", RawScript.Reply(504, """{"order":5}""") },
        { "too long", RawScript.Reply(200, $$"""{"order":5,"a":"{{new string('x', 64 * 1024)}}"}""") },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_broken_once_it_has_left_is_unknown(string what, byte[] answer)
    {
        await using var upstream = new RawUpstream(RawScript.Answer(answer));
        var asked = await AddAsync(upstream);

        Assert.True(asked.Outcome == Unknown, $"{what}: {asked}");
        Assert.True(asked.Exchange.HasLeft);
        Assert.NotEmpty(asked.Reason);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_once_it_has_left_is_unknown_and_never_tried_again()
    {
        foreach (var script in new Func<RawConnection, Task>[] { RawScript.Close, RawScript.Reset, RawScript.ReadAndClose })
        {
            await using var upstream = new RawUpstream(script);
            var asked = await AddAsync(upstream);

            Assert.Equal((Unknown, true, 0), (asked.Outcome, asked.Exchange.HasLeft, asked.Exchange.Status));
            Assert.Equal(1, upstream.Connections);
        }
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_during_a_call_is_unknown_and_never_tried_again()
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await RawScript.Bodies("""{"order":5}""")(connection);
            await connection.ReadAsync();
        });
        Assert.Equal(Accepted, (await AddAsync(upstream)).Outcome);
        var asked = await AddAsync(upstream);

        Assert.Equal((Unknown, true), (asked.Outcome, asked.Exchange.HasLeft));
        Assert.Equal((1, 2), (upstream.Connections, upstream.Requests.Count));
    }

    [Fact]
    public async Task A_kept_connection_that_was_closed_in_between_is_not_used()
    {
        var closed = new TaskCompletionSource();
        await using var upstream = new RawUpstream(
            async connection =>
            {
                await RawScript.Bodies("""{"order":5}""")(connection);
                connection.Dispose();
                closed.SetResult();
            },
            RawScript.Bodies("""{"order":6}"""));
        Assert.Equal("5", (await AddAsync(upstream)).UpstreamId);
        await closed.Task;

        Assert.Equal("6", (await AddAsync(upstream)).UpstreamId);
        Assert.Equal((2, 2), (upstream.Connections, upstream.Requests.Count));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var other = new RawUpstream(RawScript.Bodies("""{"order":5}"""));
        foreach (var status in new[] { 301, 302, 307, 308 })
        {
            await using var upstream = new RawUpstream(RawScript.Answer(RawScript.Reply(status, "", $"Location: {other.Address}")));
            var asked = await AddAsync(upstream);
            Assert.Equal((Unknown, status), (asked.Outcome, asked.Exchange.Status));
        }

        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task An_answer_in_pieces_or_compressed_is_read()
    {
        await using var slow = new RawUpstream(RawScript.Drip("""{"order":5}""", TimeSpan.FromMilliseconds(1)));
        Assert.Equal("5", (await AddAsync(slow)).UpstreamId);

        await using var chunked = new RawUpstream(RawScript.Answer(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"order\"\r\n3\r\n:5}\r\n0\r\n\r\n"));
        Assert.Equal("5", (await AddAsync(chunked)).UpstreamId);

        var packed = Gzip(Encoding.UTF8.GetBytes("""{"order":5}"""));
        await using var compressed = new RawUpstream(RawScript.Answer(
            [.. RawScript.Head(200, "Content-Encoding: gzip", "Content-Type: text/html; charset=windows-1251"), .. packed]));
        var asked = await AddAsync(compressed);
        Assert.Equal(("5", """{"order":5}"""), (asked.UpstreamId, asked.Exchange.Answer));
    }

    [Fact]
    public async Task Silence_and_a_slow_drip_end_at_the_deadline()
    {
        await using var silent = new RawUpstream(RawScript.Hold());
        await using var slow = new RawUpstream(RawScript.Drip($$"""{"order":5,"a":"{{new string('x', 10_000)}}"}""", TimeSpan.FromMilliseconds(20)));
        var api = new ProviderClient(_hurried);
        var adds = new[] { silent, slow }.Select(upstream => api.AddAsync(AccountOf(upstream), Order, default)).ToArray();
        var questions = new[] { silent, slow }.Select(upstream => api.StatusAsync(AccountOf(upstream), ["1"], default)).ToArray();

        Assert.All(await Task.WhenAll(adds), asked => Assert.Equal(
            (Unknown, "no complete answer within 2 s", true), (asked.Outcome, asked.Reason, asked.Exchange.HasLeft)));
        Assert.All(await Task.WhenAll(questions), status => Assert.Equal(
            (null, "no complete answer within 2 s"), (status.Value, status.Reason)));
    }

    [Fact]
    public async Task A_body_without_end_and_a_bomb_stop_at_their_size()
    {
        // A member of 1 MB of zeros is about 1 KB; members follow each other for ever.
        var member = Gzip(new byte[1024 * 1024]);
        await using var endless = new RawUpstream(RawScript.Endless(new byte[4096]));
        await using var bomb = new RawUpstream(RawScript.Endless(member, "Content-Encoding: gzip"));
        foreach (var upstream in new[] { endless, bomb })
        {
            var asked = await AddAsync(upstream);
            Assert.Equal((Unknown, "the answer is longer than 65536 bytes"), (asked.Outcome, asked.Reason));
        }
    }

    [Fact]
    public async Task A_slow_provider_holds_nobody_else_up()
    {
        await using var slow = new RawUpstream(RawScript.Hold());
        await using var healthy = new RawUpstream(RawScript.Bodies("""{"order":5}"""));
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 50).Select(_ => new ProviderClient(_patient).AddAsync(AccountOf(slow), Order, stop.Token)).ToArray();

        Assert.Equal(Accepted, (await AddAsync(healthy)).Outcome);
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(waiting), asked => Assert.Equal(asked.Exchange.HasLeft ? Unknown : NotSent, asked.Outcome));
    }

    [Fact]
    public async Task A_call_that_is_given_up_once_it_has_left_is_unknown()
    {
        using var stop = new CancellationTokenSource();
        await using var upstream = new RawUpstream(RawScript.Hold(stop.Cancel));
        var asked = await new ProviderClient(_patient).AddAsync(AccountOf(upstream), Order, stop.Token);
        var balance = await new ProviderClient(_patient).BalanceAsync(AccountOf(upstream), stop.Token);

        Assert.Equal((Unknown, "the server was stopped before the answer came"), (asked.Outcome, asked.Reason));
        Assert.Equal((null, asked.Reason), (balance.Value, balance.Reason));
    }

    [Fact]
    public async Task The_key_is_in_no_evidence()
    {
        var encoded = Uri.EscapeDataString(Given.Key);
        var json = Given.Key.Replace("/", "\\/", StringComparison.Ordinal);
        var body = $$"""{"error":"No {{Given.Key}} {{encoded}} {{json}}\u0007 {{new string('x', 1_990)}}{{Given.Key}} {{new string('x', 9_000)}}"}""";
        await using var upstream = new RawUpstream(RawScript.Bodies(body));
        var asked = await new ProviderClient(_patient).AddAsync(
            AccountOf(upstream), [.. Order, new("comments", $"{Given.Key}\n{new string('y', 5_000)}")], default);

        Assert.Equal(Rejected, asked.Outcome);
        Assert.StartsWith("No [key] [key] [key] xxx", asked.Reason, StringComparison.Ordinal);
        Assert.Equal(HttpExchange.EvidenceCharacters, asked.Exchange.Sent.Length);
        Assert.Contains("&comments=[key]%0Ayyy", asked.Exchange.Sent, StringComparison.Ordinal);
        Assert.StartsWith("""{"error":"No [key] [key] [key]\u0007 xxx""", asked.Exchange.Answer, StringComparison.Ordinal);
        var all = $"{asked}{AccountOf(upstream)}";
        Assert.DoesNotContain("s3cr3t", all, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_before_it_broke_is_kept_as_evidence()
    {
        await using var upstream = new RawUpstream(RawScript.Answer("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"order\":\u00015"));
        var asked = await AddAsync(upstream);

        Assert.Equal((Unknown, 200, "{\"order\": 5"), (asked.Outcome, asked.Exchange.Status, asked.Exchange.Answer));
    }

    [Theory]
    [InlineData("Retry-After: 30", 30)]
    [InlineData("Retry-After: 99999999999999999999", 3600)]
    [InlineData("Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:29:30 GMT", 90)]
    [InlineData("Retry-After: Wed, 21 Oct 2015 07:29:30 GMT", 0)]
    [InlineData("Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", 3600)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("X-Other: 1", null)]
    public async Task It_is_heard_how_long_to_wait(string header, int? seconds)
    {
        await using var upstream = new RawUpstream(RawScript.Answer(RawScript.Reply(429, """{"error":"Too many requests"}""", header)));
        var asked = await AddAsync(upstream);

        Assert.Equal((Deferred, RejectionReason.Rate), (asked.Outcome, asked.Objection));
        Assert.Equal(seconds, asked.Exchange.RetryAfter?.TotalSeconds);
    }

    private static ProviderAccount AccountOf(RawUpstream upstream) => new(upstream.Address, Given.Key, IsInternal: true);

    private Task<SubmissionResult> AddAsync(RawUpstream upstream) => AddAsync(upstream.Address);

    private Task<SubmissionResult> AddAsync(Uri address) => new ProviderClient(_patient).AddAsync(new(address, Given.Key, IsInternal: true), Order, default);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
