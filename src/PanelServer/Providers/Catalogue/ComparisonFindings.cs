using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Catalogue;

/// <summary>What the comparison of one route has found: the differences, and what operators are told, each kind once.</summary>
/// <param name="service">Our service.</param>
/// <param name="upstreamService">The provider's id of it.</param>
internal sealed class ComparisonFindings(int service, string upstreamService)
{
    private readonly List<Difference> _differences = [];
    private readonly Dictionary<AlertKind, string> _alerts = [];

    /// <summary>The differences, in the order in which they were found.</summary>
    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>What operators are told, each kind once.</summary>
    public IReadOnlyDictionary<AlertKind, string> Alerts => _alerts;

    /// <summary>Adds a difference.</summary>
    /// <param name="kind">In what.</param>
    /// <param name="was">What it was until now.</param>
    /// <param name="now">What it is, or would be.</param>
    /// <param name="isKept">Ours stays as it is.</param>
    public void Add(DifferenceKind kind, string was, string now, bool isKept = false) =>
        _differences.Add(new(service, upstreamService, kind, was, now, isKept));

    /// <summary>Takes the differences of some kinds back.</summary>
    public void Remove(params DifferenceKind[] kinds) => _differences.RemoveAll(one => kinds.Contains(one.Kind));

    /// <summary>Raises an alert in the place of an earlier one of the same kind.</summary>
    public void Alert(AlertKind kind, FormattableString text) => _alerts[kind] = FormattableString.Invariant(text);

    /// <summary>Tells of a change that locks nothing; several are told together.</summary>
    public void TellChange(FormattableString text)
    {
        var said = FormattableString.Invariant(text);
        _alerts[AlertKind.Changed] = _alerts.TryGetValue(AlertKind.Changed, out var before) ? $"{before}; {said}" : said;
    }
}
