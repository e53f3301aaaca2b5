using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace PanelServer.Tests.ResellerApi;

/// <summary>How a call is read and framed (docs/contract.md, "Request" and "Answer").</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private const string Balance = """{"balance":"100.84292","currency":"USD"}""";
    private const string IncorrectRequest = """{"error":"Incorrect request"}""";

    private readonly TestPanel _panel = TestPanel.Sandbox(("Contract:MaxBody", "2048"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "key=sandbox-demo-key&action=balance")]
    [InlineData("application/x-www-form-urlencoded", "key=+sandbox-demo-key+&action=%20balance%0a")]
    [InlineData("application/x-www-form-urlencoded", "&&key=sandbox-demo-key&action=BALANCE&x")]
    [InlineData("application/x-www-form-urlencoded", "key=sandbox-demo-key&key=wrong&action=balance&action=add")]
    [InlineData("text/plain", "key=sandbox-demo-key&action=balance")]
    [InlineData(null, "key=sandbox-demo-key&action=balance")]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":"balance"}""")]
    [InlineData("application/json", "\uFEFF {\"key\":\"sandbox-demo-key\",\"action\":\"balance\",\"order\":null,\"n\":[1,\"a\",null,true]}")]
    [InlineData("text/plain", """ {"key":"sandbox-demo-key","action":"balance"}""")]
    [InlineData(null, """{"key":"sandbox-demo-key","action":"balance"}""")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nsandbox-demo-key\r\n--b\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nbalance\r\n--b--\r\n")]
    public async Task Every_encoding_means_the_same(string? contentType, string body) =>
        Assert.Equal(Balance, await PostAsync("/api/v2", contentType, body));

    [Theory]
    [InlineData("application/json", "[1]")]
    [InlineData("application/json", "key=sandbox-demo-key&action=balance")]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":{"a":1}}""")]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":["balance",["x"]]}""")]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":"balance"} x""")]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":"balance",""")]
    [InlineData("application/json", "{\"key\":\"sandbox-demo-key\",\"action\":\"\\ud800\"}")]
    [InlineData("application/x-www-form-urlencoded", "key=sandbox-demo-key&action=balance&link=%ff%fe")]
    [InlineData("multipart/form-data", "--b\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nsandbox")]
    [InlineData("application/x-www-form-urlencoded", "key=sandbox-demo-key&action=nope")]
    [InlineData("application/x-www-form-urlencoded", "key=sandbox-demo-key")]
    public async Task What_cannot_be_read_is_an_incorrect_request(string contentType, string body) =>
        Assert.Equal(IncorrectRequest, await PostAsync("/api/v2", contentType, body));

    [Theory]
    [InlineData("/api/v2", "/api/v2/")]
    [InlineData("/api/v1", "/api/v1/")]
    [InlineData("/api/v2", "//api/v2")]
    [InlineData("/api/v2", "/////api/v2")]
    [InlineData("/api/v2", "/api//v2")]
    [InlineData("/api/v2", "//api//v2//")]
    [InlineData("/api/v1", "//api/v1")]
    [InlineData("/api/v1", "//api/v1/")]
    public async Task Slashes_too_many_lead_to_the_same_door(string door, string slashed) => Assert.Equal(
        await PostAsync(door, null, "key=sandbox-demo-key&action=balance"),
        await PostAsync(slashed, null, "key=sandbox-demo-key&action=balance"));

    [Fact]
    public async Task The_query_is_merged_and_the_body_wins()
    {
        Assert.Equal(Balance, await PostAsync("/api/v2?action=balance", null, "key=sandbox-demo-key"));
        Assert.Equal(Balance, await PostAsync("/api/v2?key=sandbox-demo-key&action=balance", null, ""));
        Assert.Equal(Balance, await PostAsync("/api/v2?key=wrong&action=add", null, "key=sandbox-demo-key&action=balance"));
    }

    [Theory]
    [InlineData("orders[]=23501&orders[]=7")]
    [InlineData("orders[0]=23501&orders[5]=7")]
    [InlineData("orders=23501%2C+7%2C%2C+23501")]
    [InlineData("orders=23501&orders[]=9")]
    public async Task Lists_of_ids_may_come_as_arrays(string orders)
    {
        await _panel.OrderAsync();

        var answer = await PostAsync("/api/v2", null, $"key=sandbox-demo-key&action=status&{orders}");

        Assert.StartsWith("""{"23501":{"charge":""", answer, StringComparison.Ordinal);
        Assert.Equal(!orders.EndsWith('9'), answer.Contains("""},"7":{"error":"Incorrect order ID"}}""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comments_may_come_as_an_array()
    {
        var lines = string.Join('&', Enumerable.Range(0, 10).Select(line => $"comments[]=line+{line}"));

        Assert.Equal(
            """{"order":23501}""",
            await PostAsync("/api/v2", null, $"key=sandbox-demo-key&action=add&service=2&link=https://e.com&{lines}"));
    }

    [Theory]
    [InlineData("action=orders&orders=1")]
    [InlineData("action=Multi_Status&orders=1")]
    [InlineData("action=statuses&orders=1")]
    public async Task Aliases_of_status_answer_a_batch(string call) => Assert.Equal(
        """{"1":{"error":"Incorrect order ID"}}""",
        await PostAsync("/api/v2", null, $"key=sandbox-demo-key&{call}"));

    [Theory]
    [InlineData("action=multiple_refill&orders=1,2", """[{"order":1,"refill":{"error":"Incorrect order ID"}},{"order":2,"refill":{"error":"Incorrect order ID"}}]""")]
    [InlineData("action=Multiple_Refill&order=1", """{"error":"Incorrect order ID"}""")]
    [InlineData("action=multiple_refill_status&refills=1,2", """[{"refill":1,"status":{"error":"Refill not found"}},{"refill":2,"status":{"error":"Refill not found"}}]""")]
    [InlineData("action=multiple_refill_status&refill=1", """{"error":"Refill not found"}""")]
    public async Task Aliases_of_the_refill_calls_mean_the_same(string call, string wanted)
    {
        Assert.Equal(wanted, await PostAsync("/api/v2", null, $"key=sandbox-demo-key&{call}"));
        Assert.Equal(wanted, await PostAsync("/api/v1", null, $"key=sandbox-demo-key&{call}"));
    }

    [Theory]
    [InlineData("refill=1", """{"error":"Refill not found"}""")]
    [InlineData("refills=1", """[{"refill":1,"status":{"error":"Refill not found"}}]""")]
    [InlineData("refill=1&order=1", """{"error":"Refill not found"}""")]
    public async Task Without_an_action_a_refill_is_asked_about(string fields, string wanted) =>
        Assert.Equal(wanted, await PostAsync("/api/v2", null, $"key=sandbox-demo-key&{fields}"));

    [Theory]
    [InlineData("order=23501", """{"refill":"1"}""")]
    [InlineData("order=23501&action=", """{"refill":"1"}""")]
    [InlineData("order=23501&request_id=r1", """{"refill":"1"}""")]
    [InlineData("order=23501&comments=", """{"refill":"1"}""")]
    [InlineData("orders=23501,7", """[{"order":23501,"refill":1},{"order":7,"refill":{"error":"Incorrect order ID"}}]""")]
    [InlineData("orders[]=23501&orders[]=7", """[{"order":23501,"refill":1},{"order":7,"refill":{"error":"Incorrect order ID"}}]""")]
    [InlineData("order=23501&comments=nice", IncorrectRequest)]
    [InlineData("order=23501&service=1", IncorrectRequest)]
    [InlineData("order=", IncorrectRequest)]
    [InlineData("request_id=r1", IncorrectRequest)]
    public async Task Without_an_action_a_refill_is_asked_for_where_nothing_else_is_said(string fields, string wanted)
    {
        await CompletedAsync();

        Assert.Equal(wanted, await PostAsync("/api/v2", null, $"key=sandbox-demo-key&{fields}"));
    }

    [Fact]
    public async Task Without_an_action_a_retry_key_counts_as_with_it()
    {
        await CompletedAsync();

        Assert.Equal("""{"refill":"1"}""", await PostAsync("/api/v2", null, "key=sandbox-demo-key&order=23501&request_id=r1"));
        Assert.Equal("""{"refill":"1"}""", await PostAsync("/api/v2", null, "key=sandbox-demo-key&action=refill&order=23501&request_id=r1"));
    }

    [Theory]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":"add","service":1.0,"link":"https://e.com","quantity":100.0}""")]
    [InlineData(null, "key=sandbox-demo-key&action=add&service=1.0&link=https://e.com&quantity=100.00")]
    [InlineData(null, "key=sandbox-demo-key&action=add&service=1&link=https://e.com&quantity=100&runs=undefined&interval=undefined")]
    [InlineData("application/json", """{"key":"sandbox-demo-key","action":"add","service":1,"link":"https://e.com","quantity":100,"runs":"NaN","interval":null}""")]
    [InlineData(null, "key=sandbox-demo-key&action=add&service=1&link=https://e.com&quantity=100&runs=1&interval=0")]
    [InlineData(null, "key=sandbox-demo-key&action=add&service=1&link=https://e.com&quantity=100&runs=1&interval=60")]
    public async Task What_programs_write_for_a_plain_order_is_one(string? contentType, string body)
    {
        foreach (var (path, wanted) in new[] { ("/api/v2", "\"charge\":\"0.09000\""), ("/api/v1", "\"charge\":\"0.0900\"") })
        {
            var order = JsonNode.Parse(await PostAsync(path, contentType, body))!["order"]!;
            var state = await PostAsync(path, null, $"key=sandbox-demo-key&action=status&order={order}");
            Assert.Contains(wanted, state, StringComparison.Ordinal);
            Assert.DoesNotContain("runs", state, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("delay=5&posts=0")]
    [InlineData("")]
    [InlineData("delay=undefined&posts=null&old_posts=NaN&expiry=undefined")]
    [InlineData("delay=10.0&posts=0&old_posts=0")]
    public async Task A_subscription_without_end_is_said_in_several_ways(string fields)
    {
        await PostAsync("/api/v2", null, $"key=sandbox-demo-key&action=add&service=4&username=u&min=20&max=40&{fields}");

        Assert.Equal(
            """{"charge":"0.00000","start_count":"0","status":"Active","remains":"0","currency":"USD","expiry":null,"posts":"0","orders":[]}""",
            await PostAsync("/api/v2", null, "key=sandbox-demo-key&action=status&order=23501"));
        await _panel.ControlAsync("POST", "/sandbox/subscriptions/23501/posts", """{"count":1}""");
        await _panel.AdvanceAsync("01:00:00");
        Assert.Contains(
            "\"posts\":\"1\"",
            await PostAsync("/api/v2", null, "key=sandbox-demo-key&action=status&order=23501"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"I+agree\nMe+too\nSo+do+I", "3")]
    [InlineData(@"I+agree\r\nMe+too", "2")]
    [InlineData(@"comments[]=I+agree\nMe+too&comments[]=So+do+I", "2")]
    [InlineData("I+agree%0D%0AMe+too%0A%0ASo+do+I", "3")]
    public async Task Comments_whose_line_ends_are_written_out_are_counted(string comments, string quantity)
    {
        var field = comments.StartsWith("comments", StringComparison.Ordinal) ? comments : $"comments={comments}";
        await PostAsync("/api/v2", null, $"key=sandbox-demo-key&action=add&service=14&link=https://e.com&username=u&{field}");

        Assert.Contains(
            $"\"remains\":\"{quantity}\"",
            await PostAsync("/api/v2", null, "key=sandbox-demo-key&action=status&order=23501"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("GET", "/api", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("POST", "/api/v3", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("POST", "//api", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("POST", "//api/v22", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("POST", "//apiv2", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("GET", "/api/openapi.json", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("GET", "/api/changes", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("GET", "/adminapi/v2", HttpStatusCode.NotFound, """{"error":"Not found"}""")]
    [InlineData("PUT", "/api/v2", HttpStatusCode.MethodNotAllowed, """{"error":"Method not allowed"}""")]
    [InlineData("DELETE", "/api/v1", HttpStatusCode.MethodNotAllowed, """{"error":"Method not allowed"}""")]
    public async Task Other_paths_and_methods_are_refused_in_json(string method, string path, HttpStatusCode status, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Exactly(path));
        using var answer = await _panel.Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData(2048, HttpStatusCode.OK)]
    [InlineData(2049, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_has_its_bound(int bytes, HttpStatusCode status)
    {
        const string Call = "key=sandbox-demo-key&action=balance&x=";
        using var content = new StringContent(Call + new string('x', bytes - Call.Length));
        using var answer = await _panel.Client.PostAsync("/api/v2", content);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, !answer.Headers.Contains("X-Error-Code"));
    }

    [Fact]
    public async Task An_answer_bears_its_headers_and_a_refusal_its_code()
    {
        using var good = await _panel.SendAsync("/api/v2", ("key", TestPanel.DemoKey), ("action", "balance"));
        using var bad = await _panel.SendAsync("/api/v2", ("key", "x"), ("action", "balance"));

        Assert.Equal("application/json", good.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", good.Headers.CacheControl!.ToString());
        Assert.False(good.Headers.Contains("X-Error-Code"));
        Assert.NotEmpty(Assert.Single(good.Headers.GetValues("X-Request-Id")));
        Assert.Equal(HttpStatusCode.OK, bad.StatusCode);
        Assert.Equal("invalid_key", Assert.Single(bad.Headers.GetValues("X-Error-Code")));
        Assert.NotEqual(good.Headers.GetValues("X-Request-Id"), bad.Headers.GetValues("X-Request-Id"));
    }

    /// <summary>An order of the demo reseller that a refill can be asked for.</summary>
    private async Task CompletedAsync()
    {
        await _panel.VerbAsync("service", "edit", "1", "--refill-hours", "0");
        await _panel.OrderAsync();
        await _panel.VerbAsync("order", "complete", "23501");
    }

    /// <summary>The address as it is written: two slashes at its start would be taken for a host.</summary>
    private Uri Exactly(string path) => new(_panel.Client.BaseAddress!.ToString().TrimEnd('/') + path);

    private async Task<string> PostAsync(string path, string? contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var answer = await _panel.Client.PostAsync(Exactly(path), content);
        return await answer.Content.ReadAsStringAsync();
    }
}
