using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text;

namespace PanelServer.Bench;

/// <summary>
/// What this machine can do at all: the same Kestrel with nothing behind it. It reads the form by hand and answers a
/// constant of the size the path asks for (<c>/43</c>), or 304 without a body.
/// </summary>
internal static class FloorEndpoint
{
    public const string NotModified = "/not-modified";
    private const int MaxForm = 64 * 1024;

    /// <summary>A large answer goes out in pieces, as the server's does: one big write is copied whole first.</summary>
    private const int Piece = 64 * 1024;
    private static readonly ConcurrentDictionary<string, byte[]> Answers = new(StringComparer.Ordinal);

    public static async Task<int> RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Console.WriteLine($"listening on {app.Urls.First()}");
        var stop = new TaskCompletionSource();
        using var signal = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                stop.TrySetResult();
            });
        await stop.Task;
        await app.StopAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        PipeReader reader = context.Request.BodyReader;
        ReadResult read = await reader.ReadAsync();
        while (!read.IsCompleted && read.Buffer.Length <= MaxForm)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync();
        }
        bool complete = read.IsCompleted && HasKeyAndAction(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);

        HttpResponse response = context.Response;
        if (!complete)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        string path = context.Request.Path.Value ?? "/";
        if (path == NotModified)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        byte[] answer = Answers.GetOrAdd(path, AnswerOfSize);
        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        for (int at = 0; at < answer.Length; at += Piece)
        {
            await response.BodyWriter.WriteAsync(answer.AsMemory(at, Math.Min(Piece, answer.Length - at)));
        }
    }

    /// <summary>Splits the pairs and decodes names and values in place: the least a form reader can do.</summary>
    private static bool HasKeyAndAction(in ReadOnlySequence<byte> body)
    {
        int length = checked((int)body.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        body.CopyTo(buffer);
        Span<byte> rest = buffer.AsSpan(0, length);
        bool key = false;
        bool action = false;
        while (rest.Length > 0)
        {
            int end = rest.IndexOf((byte)'&');
            Span<byte> pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            int equals = pair.IndexOf((byte)'=');
            if (equals < 0)
            {
                continue;
            }
            ReadOnlySpan<byte> name = Decode(pair[..equals]);
            ReadOnlySpan<byte> value = Decode(pair[(equals + 1)..]);
            key |= name.SequenceEqual("key"u8) && value.Length > 0;
            action |= name.SequenceEqual("action"u8) && value.Length > 0;
        }
        ArrayPool<byte>.Shared.Return(buffer);
        return key && action;
    }

    private static Span<byte> Decode(Span<byte> text)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return text;
        }
        int write = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length &&
                byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                    out byte decoded))
            {
                text[write++] = decoded;
                i += 2;
            }
            else
            {
                text[write++] = text[i] == '+' ? (byte)' ' : text[i];
            }
        }
        return text[..write];
    }

    private static byte[] AnswerOfSize(string path)
    {
        int size = int.Parse(path.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        const string frame = "{\"answer\":\"\"}";
        return Encoding.ASCII.GetBytes(size < frame.Length
            ? new string('1', size)
            : $"{frame[..^2]}{new string('x', size - frame.Length)}{frame[^2..]}");
    }
}
