using PanelServer.Domain;

namespace PanelServer.Contract;

/// <summary>A body that was read whole, or why it was not.</summary>
internal readonly struct ReceivedBody : IDisposable
{
    private readonly BodyPlace? _place;

    public ReceivedBody(ReadOnlyMemory<byte> bytes, BodyPlace? place) => (Bytes, _place) = (bytes, place);

    public ReceivedBody(Refusal refusal) => Refusal = refusal;

    /// <summary>Why it was not read; null when it was.</summary>
    public Refusal? Refusal { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public void Dispose() => _place?.Dispose();
}

/// <summary>The bytes that one body holds of a budget; given back once.</summary>
internal abstract class BodyPlace : IDisposable
{
    /// <summary>Makes it hold so many bytes.</summary>
    /// <returns>False when there is no room.</returns>
    public abstract bool TryGrow(long bytes);

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed class BodyPlace<T>(BodyBudget<T> budget, T sender) : BodyPlace
    where T : notnull
{
    private long _bytes;

    public override bool TryGrow(long bytes)
    {
        if (!budget.TryHold(sender, bytes - _bytes))
        {
            return false;
        }

        _bytes = bytes;
        return true;
    }

    public override void Dispose()
    {
        if (_bytes > 0)
        {
            budget.Release(sender, _bytes);
            _bytes = 0;
        }
    }
}
