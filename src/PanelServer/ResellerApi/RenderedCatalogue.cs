using System.Text.Json;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>A catalogue as bytes, worded and encoded, in the pieces in which it is sent.</summary>
internal sealed class RenderedCatalogue
{
    /// <summary>
    /// Bytes of a piece. One big write would be buffered whole for each caller, and one big array would lie where memory
    /// is collected last.
    /// </summary>
    public const int ChunkBytes = 64 * 1024;

    private RenderedCatalogue(IReadOnlyList<byte[]> chunks)
    {
        Chunks = chunks;
        Length = chunks.Sum(chunk => chunk.Length);
    }

    /// <summary>What is sent, one after the other.</summary>
    public IReadOnlyList<byte[]> Chunks { get; }

    /// <summary>Bytes of all.</summary>
    public int Length { get; }

    /// <summary>Words and encodes a list.</summary>
    public static RenderedCatalogue Of(ServiceList list, Dialect dialect, CatalogueEncoding encoding)
    {
        using var chunks = new ChunkStream(ChunkBytes);
        using (var encoded = encoding.Into(chunks))
        {
            Write(list, dialect, encoded);
        }

        return new(chunks.Take());
    }

    /// <summary>Words a list into a stream, without holding the whole text.</summary>
    public static void Write(ServiceList list, Dialect dialect, Stream stream)
    {
        using var buffer = new StreamBuffer(stream);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            list.Write(json, dialect);
        }

        buffer.Flush();
    }
}
