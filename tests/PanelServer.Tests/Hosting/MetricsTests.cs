using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using PanelServer.Tests.Processes;
using PanelServer.Tests.Providers;

namespace PanelServer.Tests.Hosting;

/// <summary>What the program measures of itself, as a listener hears it.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Calls_are_counted_by_action_dialect_and_outcome()
    {
        await using var panel = TestPanel.Sandbox();
        using var heard = new Heard(panel.Services);

        await panel.OrderAsync();
        await panel.DemoAsync(("action", "balance"));
        await panel.CallAsync("/api/v1", TestPanel.DemoKey, [("action", "status"), ("order", "1")]);
        await panel.CallAsync("a-wrong-key", ("action", "balance"));
        await panel.Client.GetAsync("/nowhere");

        Assert.Equal(
            [
                "action=add dialect=v2 outcome=ok",
                "action=balance dialect=v2 outcome=ok",
                "action=none dialect=none outcome=not_found",
                "action=none dialect=v2 outcome=invalid_key",
                "action=status dialect=v1 outcome=incorrect_order",
            ],
            heard.TagsOf("panel.calls").Order());
        Assert.Equal(5, heard.TagsOf("panel.call").Count);
    }

    [Fact]
    public async Task Writes_are_measured_by_their_batches()
    {
        await using var panel = TestPanel.Sandbox();
        using var heard = new Heard(panel.Services);

        await panel.OrderAsync();

        Assert.NotEmpty(heard.TagsOf("panel.write.batch.units"));
        Assert.Equal(heard.TagsOf("panel.write.batch.units").Count, heard.TagsOf("panel.commit").Count);
        heard.Collect();
        Assert.Single(heard.TagsOf("panel.write.queue.units"));
    }

    [Fact]
    public async Task A_listener_that_throws_makes_no_call_and_no_commit_look_failed()
    {
        await using var panel = TestPanel.Sandbox();
        var meters = panel.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name is "panel.commit" or "panel.call")
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        var thrown = 0;
        listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
        {
            thrown++;
            throw new InvalidOperationException("a listener's fault");
        });
        listener.Start();

        Assert.Equal(23501, await panel.OrderAsync());
        Assert.InRange(thrown, 2, int.MaxValue);
    }

    [Fact]
    public async Task Calls_to_providers_are_counted_and_their_state_is_shown()
    {
        await using var upstream = new SayingUpstream();
        await using var panel = TestPanel.Live();
        using var heard = new Heard(panel.Services);

        await panel.VerbAsync("provider", "add", "acme", "--url", upstream.Address.ToString(), "--key", "secret-of-ours", "--internal");
        heard.Collect();

        Assert.Contains("call=balance outcome=answered provider=acme", heard.TagsOf("panel.provider.calls"));
        Assert.NotEmpty(heard.TagsOf("panel.provider.call"));
        Assert.Equal(["provider=acme"], heard.TagsOf("panel.provider.balance"));
        Assert.Equal(["provider=acme"], heard.TagsOf("panel.provider.circuit_open"));
        Assert.Equal([""], heard.TagsOf("panel.unknown_submissions"));
        Assert.Equal(1_000, heard.LastOf("panel.provider.balance"));
        Assert.DoesNotContain(heard.All, tags => tags.Contains("secret-of-ours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_is_an_activity_for_those_who_listen()
    {
        await using var panel = TestPanel.Sandbox();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PanelServer",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await panel.CallAsync("/api/v1", TestPanel.DemoKey, [("action", "refill_status"), ("refill", "77")]);

        // Other tests run beside this one: theirs are heard, too.
        Assert.Contains(ended, activity => activity.OperationName == "panel.call"
            && Equals(activity.GetTagItem("action"), "refill_status") && Equals(activity.GetTagItem("dialect"), "v1"));
    }

    [Theory]
    [Trait("Category", "Process")]
    [InlineData("All", true, true)]
    [InlineData("Failed", false, true)]
    [InlineData("Off", false, false)]
    public async Task A_line_for_each_call_is_logged_where_the_setting_says_so_and_never_a_key(string calls, bool showsGood, bool showsBad)
    {
        using var folder = new PanelFolder();
        await using var server = await folder.ServeAsync([.. PanelFixture.NoLimits, ("PANEL__Log__Calls", calls)]);
        var key = await folder.ResellerAsync("acme", "1000");
        using (var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address })
        {
            await http.GetStringAsync(new Uri($"/api/v2?key={key}&action=balance", UriKind.Relative));
            await http.GetStringAsync(new Uri("/api/v2?key=a-wrong-key&action=balance", UriKind.Relative));
        }

        (await server.StopAsync()).Done();

        var lines = server.Errors.Split('\n').Where(line => line.Contains("CallWatch", StringComparison.Ordinal)).ToList();
        Assert.Equal(showsGood, lines.Exists(line => line.Contains("Call balance by v2: ok in", StringComparison.Ordinal)));
        Assert.Equal(showsBad, lines.Exists(line => line.Contains("Call none by v2: invalid_key in", StringComparison.Ordinal)));
        Assert.DoesNotContain(key, server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong-key", server.Errors, StringComparison.Ordinal);
    }

    /// <summary>Everything that one program's meter says.</summary>
    private sealed class Heard : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Instrument, string Tags, double Value)> _said = new();

        public Heard(IServiceProvider services)
        {
            // Other programs run in other tests: each has a factory of its own.
            var meters = services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "PanelServer" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public IEnumerable<string> All => _said.Select(one => one.Tags);

        /// <summary>The tags of each measurement of an instrument.</summary>
        public IReadOnlyList<string> TagsOf(string instrument) => [.. _said.Where(one => one.Instrument == instrument).Select(one => one.Tags)];

        public double LastOf(string instrument) => _said.Last(one => one.Instrument == instrument).Value;

        public void Collect() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _said.Enqueue((
            instrument.Name,
            string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")),
            value));
    }
}
