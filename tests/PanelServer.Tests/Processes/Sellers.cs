using System.Collections.Concurrent;

namespace PanelServer.Tests.Processes;

/// <summary>
/// Connections that order one after the other until the server is gone or says goodbye, and remember what it acknowledged.
/// </summary>
internal sealed class Sellers
{
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<long> _acknowledged = [];
    private readonly Task _all;
    private readonly int _goal;
    private int _attempts;

    private Sellers(PanelProcess server, string key, int connections, int goal)
    {
        _goal = goal;
        _all = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SellAsync(server, key)));
    }

    public static SoldService Service => SoldService.ById(101);

    public int Attempts => _attempts;

    public IReadOnlyCollection<long> Acknowledged => _acknowledged;

    /// <summary>Starts selling and comes back when so many orders are acknowledged; the selling goes on.</summary>
    public static async Task<Sellers> StartAsync(PanelProcess server, string key, int connections, int goal)
    {
        var sellers = new Sellers(server, key, connections, goal);
        await Task.WhenAny(sellers._enough.Task, sellers._all).WaitAsync(Patience.Long);
        Assert.True(sellers._acknowledged.Count >= goal, $"the selling ended after {sellers._acknowledged.Count} orders");
        return sellers;
    }

    public Task EndedAsync() => _all.WaitAsync(Patience.Long);

    private async Task SellAsync(PanelProcess server, string key)
    {
        using var caller = server.Caller(key);
        try
        {
            while (true)
            {
                Interlocked.Increment(ref _attempts);
                var answer = await caller.AskAsync("add", Service.Order);
                if (answer.IsUnavailable)
                {
                    return;
                }

                _acknowledged.Enqueue(answer.Accepted());
                if (_acknowledged.Count >= _goal)
                {
                    _enough.TrySetResult();
                }
            }
        }
        catch (HttpRequestException)
        {
            // The connection went with the server: nothing was acknowledged.
        }
    }
}
