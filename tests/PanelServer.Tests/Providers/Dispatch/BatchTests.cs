namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>Claims and completions share units of work, and one that fails harms no other and is not submitted twice.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private const int Count = 12;

    private EvilPanel _evil = null!;
    private ForwardingPanel _ours = null!;

    public async Task InitializeAsync()
    {
        (_evil, _ours) = (await EvilPanel.StartAsync(), await ForwardingPanel.StartAsync(seconds: 5));
        await _ours.AddProviderAsync("evil", _evil);
        await _ours.Panel.VerbAsync("provider", "pause", "evil", "--note", "until all are placed");
    }

    public async Task DisposeAsync()
    {
        Assert.Equal("the books are right", await _ours.Panel.VerbAsync("verify"));
        await _ours.DisposeAsync();
        await _evil.DisposeAsync();
    }

    [Fact]
    public async Task An_order_that_cannot_be_claimed_keeps_no_other_from_being_submitted()
    {
        var (orders, links) = await PlaceAsync();
        var bad = orders[3];
        _ours.Panel.Tamper($"INSERT INTO sendings (kind, subject, order_id, provider_id, upstream_service, quantity, outcome, started_at) VALUES (1, {bad}, {bad}, 1, '1', 100, 0, 0)");

        await _ours.Panel.VerbAsync("provider", "resume", "evil");
        await _ours.PollUntilAsync("the others are accepted", () => orders.TrueForAll(order => order == bad || _ours.UpstreamId(order).Length > 0));

        Assert.Equal(("0", 0), (_ours.Outcomes(bad), _evil.OrdersFor(links[3]).Count));
        Assert.Single(_ours.Rows($"SELECT 1 FROM due WHERE kind = 7 AND subject = {bad}"));

        // What was wrong with it is put right: it is submitted like the others.
        _ours.Panel.Tamper($"UPDATE sendings SET outcome = 3, ended_at = 1 WHERE subject = {bad} AND outcome = 0");
        await _ours.PollUntilAsync("it is accepted", () => _ours.UpstreamId(bad).Length > 0);
        Assert.All(links, link => Assert.Single(_evil.OrdersFor(link)));
        Assert.Equal(Count, _evil.CallsOf("add"));
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_written_makes_one_order_unknown_and_the_others_are_accepted()
    {
        var (orders, links) = await PlaceAsync();
        var bad = orders[3];
        _ours.Panel.Tamper($"CREATE TRIGGER unwritable BEFORE UPDATE ON sendings WHEN NEW.subject = {bad} AND NEW.outcome = 1 BEGIN SELECT RAISE(ABORT, 'not this one'); END");

        await _ours.Panel.VerbAsync("provider", "resume", "evil");
        await _ours.PollUntilAsync("all are submitted", () => orders.TrueForAll(order => _ours.Outcomes(order) is "1" or "4"));

        Assert.All(orders, order => Assert.Equal(order == bad ? "4" : "1", _ours.Outcomes(order)));
        Assert.All(links, link => Assert.Single(_evil.OrdersFor(link)));
        Assert.Equal(Count, _evil.CallsOf("add"));
        Assert.True(_ours.Stands(bad).UnderReview);

        _ours.Panel.Tamper("DROP TRIGGER unwritable");
        await _ours.SettleAsync(bad, _evil.OrdersFor(links[3]));
        Assert.Equal(Count, _evil.CallsOf("add"));
    }

    private async Task<(List<int> Orders, List<string> Links)> PlaceAsync()
    {
        var links = Enumerable.Range(0, Count).Select(_ => _ours.NewLink()).ToList();
        var orders = new List<int>();
        foreach (var link in links)
        {
            orders.Add(await _ours.OrderAsync(link));
        }

        return (orders, links);
    }
}
