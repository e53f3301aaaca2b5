namespace PanelServer.Providers.Dispatch;

/// <summary>How work with providers ends when the panel stops: nothing more is begun, and what is under way has some time.</summary>
/// <param name="submissionsWithin">How long submissions that are under way may take to end.</param>
internal sealed class DispatchCancellation(TimeSpan submissionsWithin) : IDisposable
{
    /// <summary>How long queries that are under way may take to end: they are made again.</summary>
    private static readonly TimeSpan QueriesWithin = TimeSpan.FromSeconds(5);

    // The host and the container may both end the panel.
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abortSubmissions = new();
    private readonly CancellationTokenSource _abortQueries = new();
    private bool _hasBegun;

    /// <summary>Nothing more is begun.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Submissions that are under way are given up: their outcome is unknown then.</summary>
    public CancellationToken AbortSubmissions => _abortSubmissions.Token;

    /// <summary>Queries that are under way are given up.</summary>
    public CancellationToken AbortQueries => _abortQueries.Token;

    /// <summary>Begins to end.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_hasBegun)
            {
                return;
            }

            // All of it under the gate: a second caller may dispose as soon as it has returned.
            _hasBegun = true;
            _abortSubmissions.CancelAfter(submissionsWithin);
            _abortQueries.CancelAfter(submissionsWithin < QueriesWithin ? submissionsWithin : QueriesWithin);
            _stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _abortSubmissions.Dispose();
        _abortQueries.Dispose();
    }
}
