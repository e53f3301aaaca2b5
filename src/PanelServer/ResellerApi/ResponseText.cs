using System.Buffers;
using System.Text.Json;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>Answers as bytes. The buffer belongs to the thread and is used within one synchronous call.</summary>
internal static class ResponseText
{
    // A buffer that once held a large answer is not kept for the small ones.
    private const int MaxKeptBytes = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>Words an answer into the thread's buffer; what is returned holds until the thread words the next.</summary>
    public static ReadOnlyMemory<byte> Word(ApiResponse answer, Dialect dialect)
    {
        if (_buffer is null || _buffer.Capacity > MaxKeptBytes)
        {
            _buffer = new(1024);
            _json = new(_buffer, new JsonWriterOptions { SkipValidation = true });
        }

        _buffer.ResetWrittenCount();
        _json!.Reset(_buffer);
        answer.Write(_json, dialect);
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    /// <summary>Words an answer to be kept.</summary>
    public static byte[] Of(ApiResponse answer, Dialect dialect) => Word(answer, dialect).ToArray();
}
