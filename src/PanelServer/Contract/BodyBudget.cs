namespace PanelServer.Contract;

/// <summary>How many bytes of request bodies may be in memory: of all senders together, and of each of them.</summary>
/// <typeparam name="T">What a sender is known by.</typeparam>
/// <param name="most">Bytes of all senders together.</param>
/// <param name="share">Bytes of one sender.</param>
internal sealed class BodyBudget<T>(long most, long share)
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, long> _shares = [];
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

    /// <summary>Makes room for more bytes of a sender; nothing is held when there is none.</summary>
    public bool TryHold(T sender, long bytes)
    {
        lock (_gate)
        {
            var his = _shares.GetValueOrDefault(sender);
            if (_held + bytes > most || his + bytes > share)
            {
                return false;
            }

            _held += bytes;
            _shares[sender] = his + bytes;
            return true;
        }
    }

    /// <summary>Gives back what was held.</summary>
    public void Release(T sender, long bytes)
    {
        lock (_gate)
        {
            _held -= bytes;
            if ((_shares[sender] -= bytes) == 0)
            {
                _shares.Remove(sender);
            }
        }
    }
}
