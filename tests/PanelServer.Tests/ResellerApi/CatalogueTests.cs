using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace PanelServer.Tests.ResellerApi;

/// <summary>What is listed is what is charged, and it is sent once (docs/contract.md, "Answer" and "Money").</summary>
public sealed class CatalogueTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task A_known_catalogue_is_not_sent_again()
    {
        using var first = await AskAsync(null, null);
        var tag = first.Headers.ETag!.ToString();
        using var again = await AskAsync(tag, null);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(tag, again.Headers.ETag!.ToString());
        Assert.Equal("no-cache, private", again.Headers.CacheControl!.ToString());
        await _panel.VerbAsync("service", "edit", "1", "--rate", "0.91");
        using var changed = await AskAsync(tag, null);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("\"rate\":\"0.91\"", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("gzip, br;q=0")]
    [InlineData("identity")]
    public async Task It_is_compressed_as_the_caller_accepts(string accepts)
    {
        using var plain = await AskAsync(null, null);
        using var packed = await AskAsync(null, accepts);
        var encoding = packed.Content.Headers.ContentEncoding.FirstOrDefault();
        await using var body = await packed.Content.ReadAsStreamAsync();
        await using var unpacked = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(unpacked);

        Assert.Equal(accepts == "identity" ? null : accepts.Split(',')[0], encoding);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
        Assert.Equal("Accept-Encoding", Assert.Single(packed.Headers.Vary));
        Assert.Equal(encoding is null, plain.Headers.ETag!.Equals(packed.Headers.ETag));
    }

    [Fact]
    public async Task A_discount_and_an_own_price_are_listed_and_charged_at_once()
    {
        await ListedAndChargedAsync("0.90", "0.09000");
        await _panel.VerbAsync("reseller", "discount", "demo", "33.33%");
        await ListedAndChargedAsync("0.60003", "0.06001");
        await _panel.VerbAsync("reseller", "price", "demo", "1", "0.5");
        await ListedAndChargedAsync("0.50", "0.05000");
        await _panel.VerbAsync("reseller", "price", "demo", "1", "0.4");
        await ListedAndChargedAsync("0.40", "0.04000");
    }

    [Fact]
    public async Task Later_prices_never_touch_an_order()
    {
        var order = await _panel.OrderAsync();
        await _panel.VerbAsync("service", "edit", "1", "--rate", "9");
        await _panel.VerbAsync("order", "partial", $"{order}", "--remains", "50");

        Assert.Contains(
            "\"charge\":\"0.04500\"",
            await _panel.DemoAsync(("action", "status"), ("order", $"{order}")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_listed_in_its_order_without_what_is_disabled()
    {
        await _panel.VerbAsync("service", "move", "5", "1");
        await _panel.VerbAsync("service", "disable", "2");

        int[] wanted = [5, 1, 3, 4, .. Enumerable.Range(6, 13)];
        var ids = await IdsAsync();
        Assert.Equal(wanted, ids);
        Assert.Equal(
            """{"error":"Incorrect service ID"}""",
            await _panel.DemoAsync(("action", "add"), ("service", "2"), ("link", "https://e.com"), ("comments", "a")));
    }

    [Fact]
    public async Task The_dripfeed_key_can_be_dropped()
    {
        await using var panel = TestPanel.Sandbox(("Contract:Dripfeed", "false"));

        Assert.DoesNotContain("dripfeed", await panel.DemoAsync(("action", "services")), StringComparison.Ordinal);
        Assert.Contains("dripfeed", await _panel.DemoAsync(("action", "services")), StringComparison.Ordinal);
    }

    private async Task ListedAndChargedAsync(string rate, string charge)
    {
        using var services = JsonDocument.Parse(await _panel.DemoAsync(("action", "services")));
        var order = await _panel.OrderAsync();

        Assert.Equal(rate, services.RootElement[0].GetProperty("rate").GetString());
        Assert.Contains(
            $"\"charge\":\"{charge}\"",
            await _panel.DemoAsync(("action", "status"), ("order", $"{order}")),
            StringComparison.Ordinal);
    }

    private async Task<int[]> IdsAsync()
    {
        using var services = JsonDocument.Parse(await _panel.DemoAsync(("action", "services")));
        return [.. services.RootElement.EnumerateArray().Select(service => service.GetProperty("service").GetInt32())];
    }

    private async Task<HttpResponseMessage> AskAsync(string? tag, string? accepts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2")
        {
            Content = new FormUrlEncodedContent([new("key", TestPanel.DemoKey), new("action", "services")]),
        };
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        return await _panel.Client.SendAsync(request);
    }
}
