namespace PanelServer.ResellerApi;

/// <summary>Keeps what is written in arrays of one size, so that a long text needs no long array and is never copied.</summary>
/// <param name="chunkBytes">Bytes of each array but the last.</param>
internal sealed class ChunkStream(int chunkBytes) : Stream
{
    private readonly List<byte[]> _full = [];
    private byte[] _last = new byte[chunkBytes];
    private int _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>All that was written; the stream is used up.</summary>
    public IReadOnlyList<byte[]> Take() => _written == 0 ? _full : [.. _full, _last[.._written]];

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var fitting = Math.Min(buffer.Length, chunkBytes - _written);
            buffer[..fitting].CopyTo(_last.AsSpan(_written));
            buffer = buffer[fitting..];
            _written += fitting;
            if (_written == chunkBytes)
            {
                _full.Add(_last);
                (_last, _written) = (new byte[chunkBytes], 0);
            }
        }
    }

    public override void Flush()
    {
        // Nothing lies in between.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
