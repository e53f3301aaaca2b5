using System.Buffers;

namespace PanelServer.Contract;

/// <summary>Reads a body whole, within its bound.</summary>
internal static class RequestBody
{
    /// <summary>Bytes of a body that is too large which are read and dropped, so that its sender hears the answer.</summary>
    public const int MostDiscarded = 4 * 1024 * 1024;

    /// <summary>The body; null when it is larger than allowed.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int mostBytes)
    {
        var reader = request.BodyReader;
        if (request.ContentLength > mostBytes)
        {
            await DiscardAsync(request, 0);
            return null;
        }

        while (true)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            if (buffer.Length > mostBytes)
            {
                reader.AdvanceTo(buffer.End);
                await DiscardAsync(request, buffer.Length - mostBytes);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static async ValueTask DiscardAsync(HttpRequest request, long discarded)
    {
        try
        {
            while (discarded < MostDiscarded)
            {
                var read = await request.BodyReader.ReadAsync();
                discarded += read.Buffer.Length;
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (BadHttpRequestException)
        {
            // It was promised and never came: too large all the same.
        }
    }
}
