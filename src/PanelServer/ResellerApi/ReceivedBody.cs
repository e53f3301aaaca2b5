using PanelServer.Domain;

namespace PanelServer.ResellerApi;

/// <summary>A body that was read whole, or why it was not.</summary>
internal readonly struct ReceivedBody : IDisposable
{
    private readonly IDisposable? _room;

    /// <param name="bytes">The body.</param>
    /// <param name="room">The room it takes of a budget; null for a small one.</param>
    public ReceivedBody(ReadOnlyMemory<byte> bytes, IDisposable? room) => (Bytes, _room) = (bytes, room);

    public ReceivedBody(Refusal refusal) => Refusal = refusal;

    /// <summary>Why it was not read; null when it was.</summary>
    public Refusal? Refusal { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public void Dispose() => _room?.Dispose();
}
