using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PanelServer.Providers.Client;

/// <summary>A form on its way out that knows whether a byte of it may have left, and leaves once at the most.</summary>
internal sealed class FormContent : HttpContent
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Sealed = 2;

    private readonly byte[] _body;
    private int _state;

    /// <param name="text">The form, encoded.</param>
    public FormContent(string text)
    {
        _body = Encoding.ASCII.GetBytes(text);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    public long Bytes => _body.Length;

    /// <summary>One pair after the other, as browsers write a form.</summary>
    public static string Encode(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => $"{Escape(field.Key)}={Escape(field.Value)}"));

    /// <summary>Ends it: from now on no byte leaves.</summary>
    /// <returns>Whether one may have left before.</returns>
    public bool Seal() => Interlocked.CompareExchange(ref _state, Sealed, Waiting) == Begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <exception cref="IOException">It was sealed, or has left before.</exception>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancel) =>
        Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting
            ? stream.WriteAsync(_body, cancel).AsTask()
            : throw new IOException("a form is sent once");

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
