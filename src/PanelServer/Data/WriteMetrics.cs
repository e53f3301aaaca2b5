using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PanelServer.Data;

/// <summary>The instruments of the write queue. While nobody listens to them, none is fed and no time is taken.</summary>
internal sealed class WriteMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<int> _batchUnits;
    private readonly Histogram<double> _commit;

    public WriteMetrics(IMeterFactory meters)
    {
        _meter = meters.PanelMeter();
        _batchUnits = _meter.CreateHistogram<int>("panel.write.batch.units", description: "Units of work in one transaction");
        _commit = _meter.CreateHistogram<double>("panel.commit", Telemetry.Seconds, "Until a transaction is on disk");
    }

    /// <summary>Begins to show how many units wait.</summary>
    public void Show(Func<int> waiting) =>
        _meter.CreateObservableGauge("panel.write.queue.units", waiting, description: "Units of work that wait to be written");

    /// <summary>Begins a commit.</summary>
    /// <returns>When it began; 0 while nobody listens.</returns>
    public long Begin() => _commit.Enabled || _batchUnits.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A transaction is on disk.</summary>
    /// <param name="began">What <see cref="Begin"/> returned.</param>
    /// <param name="units">Its units of work.</param>
    public void Committed(long began, int units)
    {
        if (began != 0)
        {
            _commit.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            _batchUnits.Record(units);
        }
    }
}
