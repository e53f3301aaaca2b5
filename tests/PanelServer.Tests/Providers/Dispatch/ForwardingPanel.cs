using System.Globalization;
using System.Text.Json.Nodes;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>A panel that gives its orders to providers, a reseller of it, and what tests ask of the two.</summary>
internal sealed class ForwardingPanel : IAsyncDisposable
{
    /// <summary>What an order of 100 costs its reseller, and us.</summary>
    public const string Charge = "0.20000", Cost = "0.09000";

    /// <summary>Polls until something must have happened.</summary>
    private int _links;

    private ForwardingPanel(TestPanel panel, string key) => (Panel, Key) = (panel, key);

    public TestPanel Panel { get; }

    /// <summary>The reseller's.</summary>
    public string Key { get; }

    /// <summary>Opens a panel with a reseller and service 1, which costs 2.00 and can be dripped, refilled and canceled.</summary>
    /// <param name="seconds">How long a provider may take to answer, on a machine with the usual patience.</param>
    public static async Task<ForwardingPanel> StartAsync(int seconds)
    {
        seconds = (int)Patience.Seconds(seconds).TotalSeconds;
        var panel = TestPanel.Live(
            ("Providers:SendSeconds", $"{seconds}"),
            ("Providers:AskSeconds", $"{seconds}"),
            ("Limits:CallsPerSecond", "0"),
            ("Limits:ConcurrentCalls", "0"));
        await panel.VerbAsync("reseller", "add", "shop", "--balance", "100000");
        var key = (string)JsonNode.Parse(await panel.VerbAsync("key", "issue", "shop", "--json"))!["key"]!;
        var chain = new ForwardingPanel(panel, key);
        await chain.AddServiceAsync();
        return chain;
    }

    /// <summary>Makes a service like the first.</summary>
    public async Task<int> AddServiceAsync() => (int)JsonNode.Parse(await Panel.VerbAsync(
        "service", "add", "--type", "Default", "--category", "First", "--name", "Followers", "--rate", "2.00", "--min", "50", "--max", "10000",
        "--drip", "--refill", "30", "--refill-hours", "0", "--cancel", "--json"))!["service"]!;

    /// <summary>Adds a provider and lets it deliver a service, as its own service 1.</summary>
    public async Task AddProviderAsync(string name, EvilPanel provider, int priority = 1, int service = 1, int concurrency = 8)
    {
        await Panel.VerbAsync(
            "provider", "add", name, "--url", provider.Address.ToString(), "--key", EvilPanel.Key, "--internal",
            "--per-second", "10000", "--concurrency", $"{concurrency}");
        await RouteAsync(name, priority, service);
    }

    public Task RouteAsync(string provider, int priority = 1, int service = 1, string theirs = "1") =>
        Panel.VerbAsync("route", "add", $"{service}", provider, theirs, "--priority", $"{priority}");

    public string NewLink(string path = "p") =>
        string.Create(CultureInfo.InvariantCulture, $"https://sandbox.test/{path}?{Interlocked.Increment(ref _links)}");

    /// <summary>Places an order of 100.</summary>
    public async Task<int> OrderAsync(string link, int service = 1, params (string Name, string Value)[] more)
    {
        var answer = await CallAsync("add", [("service", $"{service}"), ("link", link), ("quantity", "100"), .. more]);
        return (int?)answer["order"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Orders that a provider has accepted.</summary>
    public async Task<List<int>> AcceptedAsync(int count, string provider = "evil")
    {
        await Panel.VerbAsync("provider", "resume", provider);
        var orders = new List<int>();
        for (var one = 0; one < count; one++)
        {
            orders.Add(await OrderAsync(NewLink()));
        }

        await PollUntilAsync("they are accepted", () => orders.TrueForAll(order => UpstreamId(order).Length > 0), provider);
        return orders;
    }

    /// <summary>Lets a provider's own orders, those that it has accepted of these, be as it is said.</summary>
    public async Task PlayAsync(EvilPanel provider, List<int> orders, string json)
    {
        foreach (var order in orders)
        {
            await provider.PlayAsync(UpstreamId(order), json);
        }
    }

    public async Task<JsonNode> CallAsync(string action, params (string Name, string Value)[] fields) =>
        JsonNode.Parse(await Panel.CallAsync(Key, [("action", action), .. fields]))!;

    /// <summary>Lets everything be sent and asked that waits.</summary>
    public Task PollAsync(string provider = "evil") => Panel.VerbAsync("provider", "poll", provider);

    /// <summary>Polls until something holds, and not for ever.</summary>
    public Task PollUntilAsync(string what, Func<bool> holds, string provider = "evil") =>
        Patience.UntilAsync(what, holds, () => Panel.TryVerbAsync("provider", "poll", provider));

    /// <summary>Waits for what a panel does by itself, and not for ever.</summary>
    public static Task UntilAsync(Func<bool> holds) => Patience.UntilAsync("what a panel does by itself", holds);

    /// <summary>How an order stands: state, remains, and what is kept of its charge.</summary>
    public OrderStands Stands(int order)
    {
        var row = Rows($"SELECT status, remains, charge - refunded, (SELECT COUNT(*) FROM reviews WHERE order_id = {order} AND closed_at IS NULL) FROM orders WHERE id = {order}").Single()
            .Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var words = new[] { "Pending", "Processing", "In progress", "Completed", "Partial", "Canceled" };
        return new(words[row[0]], row[1], row[2], row[3] > 0);
    }

    /// <summary>What came of asking, the oldest first: 1 accepted, 2 rejected, 3 not sent, 4 unknown, 5 found not accepted, 6 put off.</summary>
    public string Outcomes(int subject, int kind = 1) =>
        string.Join(' ', Rows($"SELECT outcome FROM sendings WHERE kind = {kind} AND subject = {subject} ORDER BY id"));

    /// <summary>By which id a provider has an order; empty when none has.</summary>
    public string UpstreamId(int order) =>
        Rows($"SELECT upstream_id FROM sendings WHERE kind = 1 AND subject = {order} AND outcome = 1").SingleOrDefault() ?? "";

    public IReadOnlyList<string> Rows(string sql) => Books.Rows(Panel, sql);

    /// <summary>Everything of an order that money or a provider could change.</summary>
    public string Whole(int order) => string.Join('\n', new[]
    {
        $"SELECT * FROM orders WHERE id = {order}",
        $"SELECT * FROM order_moves WHERE order_id = {order}",
        $"SELECT * FROM transfers WHERE subject = {order}",
        $"SELECT id, outcome, upstream_id, cost FROM sendings WHERE order_id = {order}",
        $"SELECT said, closed_at FROM reviews WHERE order_id = {order}",
        $"SELECT kind, subject FROM due WHERE order_id = {order}",
        $"SELECT id, status FROM refills WHERE order_id = {order}",
        $"SELECT id, status FROM cancels WHERE order_id = {order}",
    }.SelectMany(Rows));

    /// <summary>Settles what is unknown as a person would: by what the provider's own list says of the link.</summary>
    public async Task SettleAsync(int order, IReadOnlyList<string> upstream)
    {
        await (upstream.Count > 0
            ? Panel.VerbAsync("review", "link", $"{order}", upstream[0], "--note", "found in the list there")
            : Panel.VerbAsync("review", "resend", $"{order}", "--note", "not in the list there"));
    }

    public ValueTask DisposeAsync() => Panel.DisposeAsync();
}

/// <summary>How an order stands.</summary>
/// <param name="Kept">What is kept of its charge, in 0.00001.</param>
/// <param name="UnderReview">A person is asked to look at it.</param>
internal sealed record OrderStands(string Status, long Remains, long Kept, bool UnderReview);

/// <summary>A panel with one provider that does wrong, shared by the tests of a class.</summary>
public sealed class EvilFixture : IAsyncLifetime
{
    private ForwardingPanel? _ours;
    private EvilPanel? _evil;

    internal ForwardingPanel Ours => _ours ?? throw new InvalidOperationException("not started");

    internal EvilPanel Evil => _evil ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        _evil = await EvilPanel.StartAsync();
        _ours = await ForwardingPanel.StartAsync(seconds: 2);
        await Ours.AddProviderAsync("evil", Evil);
    }

    public async Task DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Evil.DisposeAsync();
    }
}
