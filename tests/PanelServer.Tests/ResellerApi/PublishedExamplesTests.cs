using System.Text.Json.Nodes;

namespace PanelServer.Tests.ResellerApi;

/// <summary>
/// The examples that the panels of this market print on their pages, played on a real panel to the last figure: ids,
/// charges, counts and refusals as printed.
/// </summary>
public sealed class PublishedExamplesTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Live();
    private string _ours = "";
    private string _others = "";

    public async Task InitializeAsync()
    {
        _ours = await ResellerAsync("ours");
        _others = await ResellerAsync("others");
        await ServiceAsync("Followers", "0.33");
        await ServiceAsync("Likes", "1.44219");
    }

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task The_status_of_one_order_and_of_many()
    {
        for (var id = 1; id <= 100; id++)
        {
            await OrderAsync(id == 10 ? _others : _ours, id, service: id == 100 ? 2 : 1);
        }

        await _panel.VerbAsync("order", "start", "1", "--start-count", "3572");
        await _panel.VerbAsync("order", "partial", "1", "--remains", "157");
        await _panel.VerbAsync("order", "start", "100", "--start-count", "234");
        await _panel.VerbAsync("order", "progress", "100", "--remains", "10");

        await AssertAnswerAsync(
            """
            {
                "charge": "0.27819",
                "start_count": "3572",
                "status": "Partial",
                "remains": "157",
                "currency": "USD"
            }
            """,
            ("action", "status"), ("order", "1"));
        await AssertAnswerAsync(
            """
            {
                "1": {"charge": "0.27819", "start_count": "3572", "status": "Partial", "remains": "157", "currency": "USD"},
                "10": {"error": "Incorrect order ID"},
                "100": {"charge": "1.44219", "start_count": "234", "status": "In progress", "remains": "10", "currency": "USD"}
            }
            """,
            ("action", "status"), ("orders", "1,10,100"));
    }

    [Fact]
    public async Task Refills_of_one_order_and_of_many_and_how_they_stand()
    {
        await OrderAsync(_ours, 1);
        await OrderAsync(_ours, 2);
        await OrderAsync(_others, 3);
        await _panel.VerbAsync("order", "complete", "1", "2");

        await AssertAnswerAsync(
            """[{"order": 1, "refill": 1}, {"order": 2, "refill": 2}, {"order": 3, "refill": {"error": "Incorrect order ID"}}]""",
            ("action", "refill"), ("orders", "1,2,3"));
        await _panel.VerbAsync("refill", "complete", "1");
        await _panel.VerbAsync("refill", "reject", "2");

        await AssertAnswerAsync("""{"status": "Completed"}""", ("action", "refill_status"), ("refill", "1"));
        await AssertAnswerAsync(
            """[{"refill": 1, "status": "Completed"}, {"refill": 2, "status": "Rejected"}, {"refill": 3, "status": {"error": "Refill not found"}}]""",
            ("action", "refill_status"), ("refills", "1,2,3"));
    }

    [Fact]
    public async Task A_refill_of_one_order()
    {
        await OrderAsync(_ours, 1);
        await _panel.VerbAsync("order", "complete", "1");

        await AssertAnswerAsync("""{"refill": "1"}""", ("action", "refill"), ("order", "1"));
    }

    [Fact]
    public async Task Cancels()
    {
        await OrderAsync(_ours, 1);
        await OrderAsync(_ours, 2);

        await AssertAnswerAsync(
            """[{"order": 9, "cancel": {"error": "Incorrect order ID"}}, {"order": 2, "cancel": 1}]""",
            ("action", "cancel"), ("orders", "9,2"));
    }

    private async Task AssertAnswerAsync(string printed, params (string Name, string Value)[] call) =>
        Assert.Equal(JsonNode.Parse(printed)!.ToJsonString(), await _panel.CallAsync(_ours, call));

    private async Task OrderAsync(string key, int id, int service = 1) => Assert.Equal(
        $$"""{"order":{{id}}}""",
        await _panel.CallAsync(
            key, ("action", "add"), ("service", $"{service}"), ("link", $"https://example.com/{id}"), ("quantity", "1000")));

    private async Task<string> ResellerAsync(string name)
    {
        await _panel.VerbAsync("reseller", "add", name, "--balance", "1000");
        return JsonNode.Parse(await _panel.VerbAsync("key", "issue", name, "--json"))!["key"]!.GetValue<string>();
    }

    private Task ServiceAsync(string name, string rate) => _panel.VerbAsync(
        "service", "add", "--type", "Default", "--category", "First Category", "--name", name, "--rate", rate, "--min", "50",
        "--max", "10000", "--refill", "30", "--refill-hours", "0", "--cancel");
}
