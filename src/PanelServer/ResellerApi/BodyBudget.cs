namespace PanelServer.ResellerApi;

/// <summary>
/// How many bytes of request bodies may be in memory: of all senders together, and of each of them. A sender that finds no room
/// waits for it, the first to come first; room is taken for a whole body, so that no two wait for each other.
/// </summary>
/// <typeparam name="T">What a sender is known by.</typeparam>
/// <param name="most">Bytes of all senders together.</param>
/// <param name="share">Bytes of one sender.</param>
internal sealed class BodyBudget<T>(long most, long share)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, long> _shares = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private long _held;

    /// <summary>The bytes that are held now.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>Takes room for a body, to be given back by disposing it.</summary>
    /// <param name="sender">Whose body it is.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="within">How long it may wait.</param>
    /// <returns>Null when there was no room in that time.</returns>
    public async Task<IDisposable?> HoldAsync(T sender, long bytes, TimeSpan within)
    {
        var waiter = new Waiter(sender, bytes);
        lock (_gate)
        {
            if (TryHold(waiter))
            {
                return new Room(this, waiter);
            }

            _waiting.AddLast(waiter.Node);
        }

        using var timeout = new CancellationTokenSource(within);
        using var end = timeout.Token.UnsafeRegister(_ => GiveUp(waiter), null);
        return await waiter.Granted.Task ? new Room(this, waiter) : null;
    }

    private bool TryHold(Waiter waiter)
    {
        var his = _shares.GetValueOrDefault(waiter.Sender);
        if (_held + waiter.Bytes > most || his + waiter.Bytes > share)
        {
            return false;
        }

        _held += waiter.Bytes;
        _shares[waiter.Sender] = his + waiter.Bytes;
        return true;
    }

    private void Release(Waiter waiter)
    {
        var granted = new List<Waiter>();
        lock (_gate)
        {
            _held -= waiter.Bytes;
            if ((_shares[waiter.Sender] -= waiter.Bytes) == 0)
            {
                _shares.Remove(waiter.Sender);
            }

            for (var (node, next) = (_waiting.First, _waiting.First?.Next); node is not null; (node, next) = (next, next?.Next))
            {
                if (TryHold(node.Value))
                {
                    granted.Add(node.Value);
                    _waiting.Remove(node);
                }
            }
        }

        granted.ForEach(one => one.Granted.SetResult(true));
    }

    private void GiveUp(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Node.List is null)
            {
                return;
            }

            _waiting.Remove(waiter.Node);
        }

        waiter.Granted.SetResult(false);
    }

    private sealed class Waiter
    {
        public Waiter(T sender, long bytes)
        {
            (Sender, Bytes) = (sender, bytes);
            Node = new(this);
        }

        public T Sender { get; }

        public long Bytes { get; }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<bool> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Room(BodyBudget<T> budget, Waiter waiter) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                budget.Release(waiter);
            }
        }
    }
}
