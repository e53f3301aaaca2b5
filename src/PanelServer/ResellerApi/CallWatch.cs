using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using PanelServer.Data;
using PanelServer.Hosting.Settings;

namespace PanelServer.ResellerApi;

/// <summary>
/// Watches calls of the contract: metrics, activities, and a line in the log where <c>Log:Calls</c> asks for it. Without a
/// listener and a line that is wanted, a call pays for one look at <see cref="IsOn"/>.
/// </summary>
internal sealed partial class CallWatch
{
    /// <summary>One of this number of calls is logged at <see cref="CallLines.Sampled"/>.</summary>
    public const int SampledOf = 100;

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _seconds;
    private readonly CallLines _lines;
    private readonly ILogger _log;
    private uint _counted;

    public CallWatch(IMeterFactory meters, IOptions<LogOptions> options, ILogger<CallWatch> log)
    {
        var meter = meters.PanelMeter();
        _calls = meter.CreateCounter<long>("panel.calls", description: "Calls of the reseller contract");
        _seconds = meter.CreateHistogram<double>("panel.call", Telemetry.Seconds, "From a call's headers to its answer");
        (_lines, _log) = (options.Value.Calls, log);
    }

    /// <summary>Whether anything is to be noted of calls.</summary>
    public bool IsOn => _lines != CallLines.Off || _calls.Enabled || _seconds.Enabled || Telemetry.Activities.HasListeners();

    /// <summary>Answers a call and notes what it was.</summary>
    /// <param name="requestId">The call's <c>X-Request-Id</c>.</param>
    /// <param name="dialect">The dialect's name.</param>
    /// <param name="trace">Filled in by the answering.</param>
    /// <param name="answer">Answers the call; throws nothing.</param>
    public async Task RunAsync(string requestId, string dialect, CallTrace trace, Func<Task> answer)
    {
        var activity = Telemetry.Activities.StartActivity("panel.call", ActivityKind.Server);
        var began = Stopwatch.GetTimestamp();
        await answer();
        var elapsed = Stopwatch.GetElapsedTime(began);
        Telemetry.Measure(() =>
        {
            activity?.SetTag("action", trace.Action).SetTag("dialect", dialect).SetTag("outcome", trace.Outcome).Dispose();
            _calls.Add(1, new("action", trace.Action), new("dialect", dialect), new("outcome", trace.Outcome));
            _seconds.Record(elapsed.TotalSeconds);
        });
        if (IsLogged(trace.Outcome))
        {
            LogCall(trace.Action, dialect, trace.Outcome, elapsed.TotalMilliseconds, requestId, trace.Reseller);
        }
    }

    private bool IsLogged(string outcome) => _lines switch
    {
        CallLines.Off => false,
        CallLines.Failed => outcome != CallTrace.Ok,
        CallLines.Sampled => unchecked(Interlocked.Increment(ref _counted)) % SampledOf == 0,
        CallLines.All => true,
    };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Call {Action} by {Dialect}: {Outcome} in {Milliseconds:0.0} ms, request {RequestId}, reseller {Reseller}")]
    private partial void LogCall(string action, string dialect, string outcome, double milliseconds, string requestId, int? reseller);
}
