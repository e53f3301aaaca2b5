using System.Net;
using System.Text.Json;

namespace PanelServer.Tests.Sandbox;

/// <summary>Whatever is wrong with a control call is said in one line, and nothing has changed.</summary>
public sealed class BadControlTests
{
    private const string Order = "/sandbox/orders/23501";
    private const string Clock = "/sandbox/clock";

    /// <summary>Method, path, body, status, and what the line says.</summary>
    private static readonly (string Method, string Path, string? Json, int Status, string Says)[] Calls =
    [
        ("PUT", "/sandbox/orders/23599", """{"status":"Completed"}""", 404, "there is no order 23599"),
        ("PUT", "/sandbox/orders/abc", """{"status":"Completed"}""", 404, "there is no order \"abc\""),
        ("PUT", "/sandbox/orders/99999999999", """{"status":"Completed"}""", 404, "there is no order"),
        ("PUT", "/sandbox/orders/%0A", """{"status":"Completed"}""", 404, "there is no order"),
        ("PUT", Order, """{"status":"completed"}""", 400, "status must be one of Pending, Processing, In progress, Completed, Partial, Canceled, not \"completed\""),
        ("PUT", Order, """{"status":"Active"}""", 400, "status must be one of"),
        ("PUT", Order, """{"status":"Pending"}""", 400, "is Pending and cannot become Pending"),
        ("PUT", Order, """{"status":2}""", 400, "status must be a text, not a number"),
        ("PUT", Order, """{"status":null}""", 400, "status must be a text, not null"),
        ("PUT", Order, """{"remains":5}""", 400, "only a running order makes progress"),
        ("PUT", Order, """{"status":"Partial","remains":-1}""", 400, "remains must be within 0 and 100, not -1"),
        ("PUT", Order, """{"status":"Partial","remains":101}""", 400, "remains must be within 0 and 100, not 101"),
        ("PUT", Order, """{"status":"Partial","remains":"5"}""", 400, "remains must be a whole number, not a text"),
        ("PUT", Order, """{"status":"Partial","remains":5.0}""", 400, "remains must be a whole number, not \"5.0\""),
        ("PUT", Order, """{"status":"Partial","remains":1e1}""", 400, "remains must be a whole number, not \"1e1\""),
        ("PUT", Order, """{"status":"Partial","remains":99999999999999999999}""", 400, "remains must be a whole number"),
        ("PUT", Order, """{"status":"In progress","start_count":-1}""", 400, "a start count must be 0 or more, not -1"),
        ("PUT", Order, """{"status":"Completed","note":"x"}""", 400, "unknown property \"note\"; known here: status, start_count, remains"),
        ("PUT", Order, """{"Status":"Completed"}""", 400, "unknown property \"Status\""),
        ("PUT", Order, """{"status":"Completed","status":"Partial"}""", 400, "\"status\" is given twice"),
        ("PUT", Order, "{}", 400, "give status, start_count or remains"),
        ("PUT", Order, "", 400, "give status, start_count or remains"),
        ("PUT", Order, "[]", 400, "the body must be a JSON object, not a list"),
        ("PUT", Order, "5", 400, "the body must be a JSON object, not a number"),
        ("PUT", Order, "{", 400, "the body is not JSON: line 1, byte 2"),
        ("PUT", Order, "{\n\"status\":\n}", 400, "the body is not JSON: line 3, byte 1"),
        ("PUT", Order, """{"status":"\ud800"}""", 400, "status is not text"),
        ("PUT", Order, """{"\ud800":1}""", 400, "a property's name is not text"),
        ("PUT", Order, """{"a\nb":1}""", 400, "unknown property that"),
        ("PUT", Order, "{\"a\":" + "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 400, "the body is not JSON"),
        ("PUT", "/sandbox/orders/23502", """{"status":"Partial","remains":5}""", 400, "order 23502 is Completed and cannot become Partial; it is final"),
        ("PUT", "/sandbox/orders/23502", """{"start_count":5}""", 400, "only a running order makes progress"),
        ("PUT", "/sandbox/orders/23503", """{"status":"Completed"}""", 400, "order 23503 is a drip-feed"),
        ("PUT", "/sandbox/orders/23503", """{"status":"Canceled"}""", 400, "order 23503 is a drip-feed"),
        ("PUT", "/sandbox/orders/23504", """{"status":"Canceled"}""", 400, "order 23504 is a subscription"),
        ("PUT", "/sandbox/refills/1", """{"status":"Completed"}""", 404, "there is no refill 1"),
        ("PUT", "/sandbox/refills/x", """{"status":"Completed"}""", 404, "there is no refill \"x\""),
        ("PUT", "/sandbox/refills/1", """{"status":"Partial"}""", 400, "status must be one of Pending, In progress, Completed, Rejected, Error"),
        ("PUT", "/sandbox/refills/1", "{}", 400, "status is missing"),
        ("PUT", "/sandbox/cancels/23501", """{"accept":true}""", 400, "order 23501 has no open cancel request"),
        ("PUT", "/sandbox/cancels/23501", """{"accept":"yes"}""", 400, "accept must be true or false, not a text"),
        ("PUT", "/sandbox/cancels/23501", """{"remains":5}""", 400, "accept is missing"),
        ("PUT", "/sandbox/cancels/23501", """{"accept":false,"remains":5}""", 400, "remains belongs to an accepted request"),
        ("PUT", "/sandbox/cancels/23505", """{"accept":true,"remains":101}""", 400, "remains must be within 0 and 100, not 101"),
        ("PUT", "/sandbox/cancels/23505", """{"accept":true,"remains":-1}""", 400, "remains must be within 0 and 100, not -1"),
        ("PUT", "/sandbox/cancels/1", """{"accept":true}""", 404, "there is no order 1"),
        ("POST", "/sandbox/subscriptions/23501/posts", """{"count":1}""", 400, "order 23501 is no subscription"),
        ("POST", "/sandbox/subscriptions/1/posts", """{"count":1}""", 404, "there is no order 1"),
        ("POST", "/sandbox/subscriptions/23504/posts", """{"count":0}""", 400, "count must be 1 to 1000, not 0"),
        ("POST", "/sandbox/subscriptions/23504/posts", """{"count":1001}""", 400, "count must be 1 to 1000, not 1001"),
        ("POST", "/sandbox/subscriptions/23504/posts", """{"count":-9223372036854775808}""", 400, "count must be 1 to 1000, not -9223372036854775808"),
        ("PUT", "/sandbox/orders/23502", """{"status":"Completed","remains":5}""", 400, "Completed leaves nothing: remains must be 0, not 5"),
        ("POST", "/sandbox/subscriptions/23504/posts", "{}", 400, "count is missing"),
        ("PUT", "/sandbox/resellers/nobody", """{"balance":1}""", 404, "there is no reseller \"nobody\""),
        ("PUT", "/sandbox/resellers/demo", """{"balance":-1}""", 400, "balance must be a plain decimal"),
        ("PUT", "/sandbox/resellers/demo", """{"balance":1e3}""", 400, "balance must be a plain decimal"),
        ("PUT", "/sandbox/resellers/demo", """{"balance":"0.000001"}""", 400, "at most 5 decimals"),
        ("PUT", "/sandbox/resellers/demo", """{"balance":"1000000000000.00001"}""", 400, "balance must be a plain decimal from 0 to 1000000000000.00000"),
        ("PUT", "/sandbox/resellers/demo", """{"balance":true}""", 400, "balance must be a text, not true or false"),
        ("PUT", "/sandbox/resellers/demo", "{}", 400, "balance is missing"),
        ("POST", Clock, "{}", 400, "give either advance"),
        ("POST", Clock, """{"advance":"00:01:00","to":"2027-01-01T00:00:00Z"}""", 400, "give either advance"),
        ("POST", Clock, """{"advance":"00:00:00"}""", 400, "moves only forward"),
        ("POST", Clock, """{"advance":"-00:01:00"}""", 400, "advance must be written as [d.]hh:mm:ss"),
        ("POST", Clock, """{"advance":"24:00:00"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"00:60:00"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"1:00:00"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"00:00:01.5"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":" 00:00:01"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"00:00:01\n"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"٠٠:٠١:٠٠"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"10000000.00:00:00"}""", 400, "advance must be written as"),
        ("POST", Clock, """{"advance":"9999999.00:00:00"}""", 400, "the clock ends with the year 9999"),
        ("POST", Clock, """{"advance":60}""", 400, "advance must be a text, not a number"),
        ("POST", Clock, """{"to":"2026-01-01T00:03:00Z"}""", 400, "the clock stands at 2026-01-01T00:03:00Z and moves only forward"),
        ("POST", Clock, """{"to":"2025-12-31T00:00:00Z"}""", 400, "moves only forward"),
        ("POST", Clock, """{"to":"2026-02-30T00:00:00Z"}""", 400, "to must be written like 2026-02-01T00:00:00Z"),
        ("POST", Clock, """{"to":"2026-02-01"}""", 400, "to must be written like"),
        ("POST", Clock, """{"to":"2026-02-01T00:00:00+01:00"}""", 400, "to must be written like"),
        ("POST", Clock, """{"to":"2026-02-01 00:00:00Z"}""", 400, "to must be written like"),
        ("POST", Clock, """{"to":"10000-01-01T00:00:00Z"}""", 400, "to must be written like"),
        ("POST", "/sandbox/faults", """{"kind":"nothing"}""", 400, "kind must be one of drop-after-commit"),
        ("POST", "/sandbox/faults", """{"kind":"delay"}""", 400, "kind must be one of"),
        ("POST", "/sandbox/faults", """{"kind":"delay:60001"}""", 400, "kind must be one of"),
        ("POST", "/sandbox/faults", """{"kind":"delay:-1"}""", 400, "kind must be one of"),
        ("POST", "/sandbox/faults", """{"kind":"status:200"}""", 400, "kind must be one of"),
        ("POST", "/sandbox/faults", """{"kind":"status:600"}""", 400, "kind must be one of"),
        ("POST", "/sandbox/faults", """{"kind":"html","times":0}""", 400, "times must be within 1 and 1000000, not 0"),
        ("POST", "/sandbox/faults", """{"kind":"html","times":1000001}""", 400, "times must be within 1 and 1000000"),
        ("POST", "/sandbox/faults", """{"kind":"html","action":"nothing"}""", 400, "there is no action \"nothing\""),
        ("POST", "/sandbox/faults", """{"action":"add"}""", 400, "kind is missing"),
        ("DELETE", "/sandbox/faults", """{"action":"add"}""", 400, "unknown property \"action\"; this call takes none"),
        ("POST", "/sandbox/reset", """{"x":1}""", 400, "this call takes none"),
        ("POST", "/sandbox/snapshot", """{"name":"x"}""", 400, "this call takes none"),
        ("GET", "/sandbox/nothing", null, 404, "there is no such control call"),
        ("PUT", "/sandbox/orders", """{"status":"Completed"}""", 404, "there is no such control call"),
        ("PUT", "/sandbox/orders/23501/x", """{"status":"Completed"}""", 404, "there is no such control call"),
        ("POST", "/sandbox", null, 404, "this path takes GET"),
        ("GET", Clock, null, 404, "this path takes POST"),
        ("PATCH", "/sandbox/faults", null, 404, "this path takes POST, DELETE"),
    ];

    [Fact]
    public async Task A_wrong_call_says_why_and_changes_nothing()
    {
        await using var panel = await PlayedAsync();
        var before = await DumpAsync(panel);
        List<string> offences = [];
        foreach (var (method, path, json, status, says) in Calls)
        {
            var (answered, body) = await panel.TryControlAsync(method, path, json);
            if ((int)answered != status || !LineOf(body).Contains(says, StringComparison.Ordinal) || LineOf(body).Contains('\n'))
            {
                offences.Add($"{method} {path} {json} answered {(int)answered} {body}, not {status} {says}");
            }

            if (before != await DumpAsync(panel))
            {
                offences.Add($"{method} {path} {json} has changed something");
                before = await DumpAsync(panel);
            }
        }

        Assert.Empty(offences);
    }

    [Theory]
    [InlineData(65_537)]
    [InlineData(20_000_000)]
    public async Task A_huge_body_is_refused(int bytes)
    {
        await using var panel = TestPanel.Sandbox();

        var (status, body) = await panel.TryControlAsync("PUT", Order, "{" + new string(' ', bytes - 2) + "}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("""{"error":"the body is larger than 65536 bytes"}""", body);
    }

    [Fact]
    public async Task A_body_that_is_no_text_is_refused()
    {
        await using var panel = TestPanel.Sandbox();
        using var bytes = new ByteArrayContent([(byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}']);

        using var answer = await panel.Client.PutAsync(Order, bytes);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"error":"the body is not UTF-8"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Faults_that_wait_are_bounded()
    {
        await using var panel = TestPanel.Sandbox();
        for (var fault = 0; fault < 1_000; fault++)
        {
            await panel.ControlAsync("POST", "/sandbox/faults", """{"action":"cancel","kind":"html"}""");
        }

        var (status, body) = await panel.TryControlAsync("POST", "/sandbox/faults", """{"kind":"html"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("""{"error":"1000 faults wait already; remove them by DELETE /sandbox/faults"}""", body);
    }

    /// <summary>
    /// A world with an order of each kind: 23501 pending, 23502 completed, 23503 a drip-feed, 23504 a subscription, 23505
    /// with an open cancel request, 23506 the drip-feed's first run.
    /// </summary>
    private static async Task<TestPanel> PlayedAsync()
    {
        var panel = TestPanel.Sandbox();
        await panel.OrderAsync(link: "https://sandbox.test/unknown");
        await panel.OrderAsync();
        await panel.DemoAsync(
            ("action", "add"), ("service", "1"), ("link", "https://example.com/drip"), ("quantity", "50"), ("runs", "3"), ("interval", "60"));
        await panel.DemoAsync(
            ("action", "add"), ("service", "4"), ("username", "someone"), ("min", "20"), ("max", "50"), ("delay", "10"), ("posts", "5"));
        await panel.OrderAsync(link: "https://sandbox.test/stuck");
        await panel.AdvanceAsync("00:03:00");
        Assert.Equal("""[{"order":23505,"cancel":1}]""", await panel.DemoAsync(("action", "cancel"), ("orders", "23505")));
        return panel;
    }

    /// <summary>The one line of an answer that has nothing else.</summary>
    private static string LineOf(string body)
    {
        using var error = JsonDocument.Parse(body);
        var property = error.RootElement.EnumerateObject().Single();
        return property.NameEquals("error") ? property.Value.GetString()! : "";
    }

    private static async Task<string> DumpAsync(TestPanel panel) =>
        await panel.DemoAsync(("action", "status"), ("orders", "23501,23502,23503,23504,23505,23506,23507"))
        + await panel.DemoAsync(("action", "balance"))
        + await panel.ControlAsync("GET", "/sandbox");
}
