namespace PanelServer.Sandbox;

/// <summary>
/// Lets resellers' calls pass, except while the world is exchanged: then those inside end first, and new ones wait.
/// </summary>
/// <param name="patience">How long calls inside may take to end.</param>
internal sealed class RequestGate(TimeSpan patience)
{
    /// <summary>How long resellers' calls are waited for: they take milliseconds, but a caller may never send the rest of one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private int _inside;
    private bool _isStopping;

    // While it is closed: ends when it opens, and when nobody is inside any more.
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _emptied;

    // Ends when those inside are asked to end.
    private TaskCompletionSource _hurry = New();

    /// <summary>Goes in, as soon as it is open. A caller that has entered leaves by <see cref="Leave"/>.</summary>
    public async ValueTask EnterAsync()
    {
        while (TryEnter() is { } opened)
        {
            await opened;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_inside == 0)
            {
                _emptied?.TrySetResult();
            }
        }
    }

    /// <summary>Stays inside for a time; not so long when somebody waits for those inside.</summary>
    public async Task StayAsync(TimeSpan time)
    {
        try
        {
            await Hurry().WaitAsync(time);
        }
        catch (TimeoutException)
        {
            // Nobody was in a hurry.
        }
    }

    /// <summary>Asks those inside to end, for good: the server stops.</summary>
    public void HurryAll()
    {
        lock (_gate)
        {
            _hurry.TrySetResult();
            _isStopping = true;
        }
    }

    /// <summary>Does something while nobody is inside. One caller at a time.</summary>
    /// <returns>False, and nothing was done, when those inside did not end in time.</returns>
    public async Task<bool> AloneAsync(Func<Task> work)
    {
        try
        {
            await CloseAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Open();
            return false;
        }

        try
        {
            await work();
            return true;
        }
        finally
        {
            Open();
        }
    }

    /// <returns>What to wait for before trying again; null when it was open.</returns>
    private Task? TryEnter()
    {
        lock (_gate)
        {
            _inside += _opened is null ? 1 : 0;
            return _opened?.Task;
        }
    }

    private Task CloseAsync()
    {
        lock (_gate)
        {
            _opened = New();
            _emptied = New();
            _hurry.TrySetResult();
            if (_inside == 0)
            {
                _emptied.SetResult();
            }

            return _emptied.Task;
        }
    }

    private void Open()
    {
        lock (_gate)
        {
            _opened?.SetResult();
            (_opened, _emptied) = (null, null);
            _hurry = _isStopping ? _hurry : New();
        }
    }

    private Task Hurry()
    {
        lock (_gate)
        {
            return _hurry.Task;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
