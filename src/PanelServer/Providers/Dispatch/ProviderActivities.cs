using PanelServer.Data;

namespace PanelServer.Providers.Dispatch;

/// <summary>What is done with a provider at the same time as the other.</summary>
internal enum Activity
{
    /// <summary>What is due is submitted.</summary>
    Dispatch,

    /// <summary>States, balance and catalogue are asked for.</summary>
    Poll,
}

/// <summary>Runs each activity of each provider once at a time, beside all others. To be begun from one loop only.</summary>
/// <param name="context">What all workers share.</param>
/// <param name="wake">Called when an activity has left more to do at once.</param>
/// <param name="stop">Activities that end by it have not failed.</param>
internal sealed class ProviderActivities(DispatchContext context, Action wake, CancellationToken stop)
{
    private readonly Dictionary<(int Provider, Activity Activity), Task<bool>> _running = [];

    /// <summary>Begins an activity unless it is running.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="work">Returns whether there is more to do at once.</param>
    public void Begin(int provider, Activity activity, Func<Task<bool>> work)
    {
        if (_running.TryGetValue((provider, activity), out var running) && !running.IsCompleted)
        {
            return;
        }

        var begun = Task.Run(() => GuardedAsync(provider, work));
        _running[(provider, activity)] = begun;
        _ = WakeAfterAsync(begun);
    }

    /// <summary>Ends when every activity has ended.</summary>
    public Task EndedAsync() => Task.WhenAll(_running.Values);

    private async Task WakeAfterAsync(Task<bool> work)
    {
        if (await work && !stop.IsCancellationRequested)
        {
            wake();
        }
    }

    private async Task<bool> GuardedAsync(int provider, Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (WritesUnavailableException)
        {
            // It is logged where the write was refused; what is due stays due.
            return false;
        }
#pragma warning disable CA1031 // What is due stays due and is tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!context.Writes.Damage.Detects(error))
            {
                context.Log.LogError(error, "A pass of provider {Provider} failed and is made again", provider);
            }

            return false;
        }
    }
}
