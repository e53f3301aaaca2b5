using System.Net;

namespace PanelServer.Tests.ResellerApi;

/// <summary>An ETag of <c>services</c> changes with the bytes it stands for, and with nothing else (docs/contract.md, "Answer").</summary>
public sealed class CatalogueTagTests : IAsyncLifetime
{
    private static readonly string[] Dialects = ["/api/v2", "/api/v1"];
    private static readonly string[] Encodings = ["identity", "gzip", "br"];

    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("service edit 1 --name Other")]
    [InlineData("service edit 1 --category Other")]
    [InlineData("service edit 1 --description Other")]
    [InlineData("service edit 1 --rate 0.90000001")]
    [InlineData("service edit 1 --min 51")]
    [InlineData("service edit 1 --max 9999")]
    [InlineData("service edit 1 --deny-duplicates")]
    [InlineData("service disable 2")]
    [InlineData("service move 5 1")]
    [InlineData("reseller discount demo 0.01%")]
    [InlineData("reseller price demo 1 0.5")]
    [InlineData("reseller price demo 2 0.00000001")]
    public async Task It_changes_with_the_text(string verb)
    {
        foreach (var dialect in Dialects)
        {
            await _panel.VerbAsync("reseller", "discount", "demo", "0%");
            var before = await AskAsync(_panel, dialect);
            await _panel.VerbAsync(verb.Split(' '));
            var after = await AskAsync(_panel, dialect);

            Assert.Equal(before.Text == after.Text, before.Tag == after.Tag);
        }
    }

    [Fact]
    public async Task It_comes_back_with_the_text()
    {
        var first = await AskAsync(_panel, "/api/v2");
        await _panel.VerbAsync("service", "disable", "1");
        var without = await AskAsync(_panel, "/api/v2");
        await _panel.VerbAsync("service", "enable", "1");
        var again = await AskAsync(_panel, "/api/v2");

        Assert.NotEqual(first.Tag, without.Tag);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task It_is_the_same_after_a_restart_and_another_by_a_setting()
    {
        // Two sandboxes begin with the same services, so the second is as good as the first after a restart.
        await using var next = TestPanel.Sandbox();
        await using var terse = TestPanel.Sandbox(("Contract:Dripfeed", "false"));

        foreach (var dialect in Dialects)
        {
            var tag = (await AskAsync(_panel, dialect)).Tag;
            Assert.Equal(tag, (await AskAsync(next, dialect)).Tag);
            Assert.NotEqual(tag, (await AskAsync(terse, dialect)).Tag);
        }
    }

    [Fact]
    public async Task Each_dialect_and_encoding_has_its_own_and_all_are_strong()
    {
        HashSet<string> tags = [];
        foreach (var dialect in Dialects)
        {
            foreach (var encoding in Encodings)
            {
                using var answer = await SendAsync(_panel, dialect, ("Accept-Encoding", encoding));
                Assert.False(answer.Headers.ETag!.IsWeak);
                Assert.True(tags.Add(answer.Headers.ETag.Tag), $"{dialect} {encoding} has another's");
            }
        }
    }

    [Theory]
    [InlineData("{tag}", true)]
    [InlineData("W/{tag}", true)]
    [InlineData("\"a\", W/\"b\" ,{tag}", true)]
    [InlineData("*", true)]
    [InlineData("\"a\", *", true)]
    [InlineData("\"a\"", false)]
    [InlineData("{tag}x", false)]
    [InlineData(",", false)]
    public async Task A_caller_that_has_it_is_told_so(string known, bool isKnown)
    {
        var (_, tag) = await AskAsync(_panel, "/api/v2");
        using var answer = await SendAsync(
            _panel, "/api/v2", ("If-None-Match", known.Replace("{tag}", tag, StringComparison.Ordinal)));

        Assert.Equal(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("br", "br")]
    [InlineData("BR", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip,deflate,br,zstd", "br")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("br;q=0,gzip;q=0,*", null)]
    [InlineData("br; q=0", null)]
    [InlineData("br;q=0.000, gzip;q=0.001", "gzip")]
    [InlineData("br;q=0.2, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0.5, gzip;Q=0.5", "br")]
    [InlineData("identity, br;q=0.5", null)]
    [InlineData("identity;q=0", null)]
    [InlineData("gzip;q=x", null)]
    [InlineData("gzip;q=-1", null)]
    [InlineData("deflate", null)]
    [InlineData("xbr, brx", null)]
    [InlineData(",;,=", null)]
    public async Task It_is_encoded_as_the_caller_weighs(string accepts, string? encoding)
    {
        using var answer = await SendAsync(_panel, "/api/v2", ("Accept-Encoding", accepts));

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    private static async Task<(string Text, string Tag)> AskAsync(TestPanel panel, string dialect)
    {
        using var answer = await SendAsync(panel, dialect);
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.ETag!.ToString());
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestPanel panel, string dialect, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, dialect)
        {
            Content = new FormUrlEncodedContent([new("key", TestPanel.DemoKey), new("action", "services")]),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await panel.Client.SendAsync(request);
    }
}
