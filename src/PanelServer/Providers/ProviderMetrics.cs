using System.Diagnostics.Metrics;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>The instruments of providers. What is read of the database is read when somebody collects.</summary>
internal sealed class ProviderMetrics
{
    private static readonly ReviewKind[] Unknown = [ReviewKind.Sending, ReviewKind.Refill, ReviewKind.Cancel];

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _seconds;
    private readonly ReaderPool _readers;
    private readonly PanelDatabase _database;

    public ProviderMetrics(IMeterFactory meters, ReaderPool readers, PanelDatabase database)
    {
        (_readers, _database) = (readers, database);
        var meter = meters.PanelMeter();
        _calls = meter.CreateCounter<long>("panel.provider.calls", description: "Calls made to providers");
        _seconds = meter.CreateHistogram<double>("panel.provider.call", Telemetry.Seconds, "From the beginning of a call to its whole answer");
        meter.CreateObservableGauge("panel.provider.balance", Balances, description: "Our balance at a provider, in its currency");
        meter.CreateObservableGauge("panel.provider.circuit_open", Circuits, description: "1 while a provider is not called because its calls fail");
        meter.CreateObservableGauge("panel.unknown_submissions", UnknownSubmissions, description: "Submissions whose outcome an operator must find out");
    }

    /// <summary>A call has ended.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="call">The action that was called.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="milliseconds">How long it took.</param>
    public void Called(string provider, string call, string outcome, long milliseconds)
    {
        if (_calls.Enabled)
        {
            _calls.Add(1, new("provider", provider), new("call", call), new("outcome", outcome));
        }

        _seconds.Record(milliseconds / (double)TimeSpan.MillisecondsPerSecond);
    }

    private List<ProviderView> Providers() => _readers.Read(0, static (session, _) => session.Providers.All());

    private IEnumerable<Measurement<double>> Balances() =>
        from provider in Providers()
        where provider.Balance is not null
        select new Measurement<double>(provider.Balance!.Value / (double)Money.UnitsPerOne, [Tag(provider)]);

    private IEnumerable<Measurement<int>> Circuits() =>
        Providers().Select(provider => new Measurement<int>(provider.OpenUntil is null ? 0 : 1, [Tag(provider)]));

    private int UnknownSubmissions()
    {
        using var db = _database.OpenReadingDb();
        return db.Reviews.Count(review => review.ClosedAt == null && Unknown.Contains(review.Kind));
    }

    private static KeyValuePair<string, object?> Tag(ProviderView provider) => new("provider", provider.Name);
}
