using System.Buffers;

namespace PanelServer.ResellerApi;

/// <summary>A buffer that hands what was written on to a stream whenever it is full.</summary>
internal sealed class StreamBuffer(Stream stream) : IBufferWriter<byte>, IDisposable
{
    private const int UsualBytes = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int _written;

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Hands on what is left.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _written);
        _written = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void MakeRoom(int bytes)
    {
        if (_buffer.Length - _written >= bytes)
        {
            return;
        }

        Flush();
        if (_buffer.Length < bytes)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(bytes);
        }
    }
}
