using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using PanelServer.Domain;

namespace PanelServer.Contract;

/// <summary>
/// Reads bodies whole. A small one costs nothing; what is larger is counted while it is in memory, to the reseller whose key
/// it begins with or stands in its query, else to the network it comes from. So whoever sends without a key can fill
/// neither the memory nor what is kept for those who have one.
/// </summary>
/// <param name="mostBytes">Bytes of the largest body.</param>
/// <param name="resellerOf">The reseller of a key in the query or in the first part of a body; null when there is none.</param>
internal sealed class RequestBodies(int mostBytes, Func<HttpRequest, ReadOnlyMemory<byte>, int?> resellerOf)
{
    /// <summary>Bytes of a body that are not counted: nearly every call is smaller.</summary>
    public const int FreeBytes = 16 * 1024;

    /// <summary>Bytes of all bodies whose senders have shown no key.</summary>
    public const long MostWithoutKey = 64 * 1024 * 1024;

    /// <summary>Bytes of all bodies whose senders have shown a key.</summary>
    public const long MostWithKey = 64 * 1024 * 1024;

    /// <summary>Bytes of one sender's bodies, or one body of the largest size where that is more.</summary>
    public const long MostOfOne = 16 * 1024 * 1024;

    /// <summary>Bytes of a body that is refused which are read and dropped, so that its sender hears the answer.</summary>
    public const int MostDiscarded = 4 * 1024 * 1024;

    /// <summary>Bytes in which the key is looked for before the body is whole.</summary>
    private const int EarlyBytes = 64 * 1024;

    /// <summary>How long a body over <see cref="FreeBytes"/> may take; smaller ones are held to the listener's least rate.</summary>
    public static readonly TimeSpan LargeBodyWithin = TimeSpan.FromSeconds(60);

    /// <summary>How long a large body may take here.</summary>
    public TimeSpan Within { get; init; } = LargeBodyWithin;

    private readonly BodyBudget<int> _withKey = new(Math.Max(MostWithKey, mostBytes), Math.Max(MostOfOne, mostBytes));
    private readonly BodyBudget<IPAddress> _withoutKey = new(Math.Max(MostWithoutKey, mostBytes), Math.Max(MostOfOne, mostBytes));

    /// <summary>The bytes that are counted now, for tests.</summary>
    public long Held => _withKey.Held + _withoutKey.Held;

    /// <summary>Reads a body. To be disposed when the call has ended, as its parameters are in memory until then.</summary>
    /// <exception cref="BadHttpRequestException">It broke off, or did not come in time.</exception>
    public async ValueTask<ReceivedBody> ReadAsync(HttpRequest request)
    {
        try
        {
            return await ReadAnyAsync(request);
        }
        catch (IOException error) when (error is not (BadHttpRequestException or ConnectionResetException))
        {
            // What the listener says of a chunk whose size is larger than it can count.
            throw new BadHttpRequestException("the body cannot be read", error);
        }
    }

    private async ValueTask<ReceivedBody> ReadAnyAsync(HttpRequest request)
    {
        var reader = request.BodyReader;
        if (request.ContentLength > mostBytes)
        {
            using var deadline = new CancellationTokenSource(Within);
            await DiscardAsync(reader, 0, deadline.Token);
            return new(Refusal.TooLarge);
        }

        while (true)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            if (buffer.Length > FreeBytes || buffer.Length > mostBytes)
            {
                return await ReadLargeAsync(request, read);
            }

            if (read.IsCompleted)
            {
                var body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return new(body, null);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private async Task<ReceivedBody> ReadLargeAsync(HttpRequest request, ReadResult read)
    {
        using var deadline = new CancellationTokenSource(Within);
        var reader = request.BodyReader;
        var place = PlaceOf(request, read.Buffer);
        var isWhole = false;
        try
        {
            while (true)
            {
                var buffer = read.Buffer;
                var refusal = buffer.Length > mostBytes ? Refusal.TooLarge : place.TryGrow(buffer.Length) ? null : Refusal.Unavailable;
                if (refusal is not null)
                {
                    reader.AdvanceTo(buffer.End);
                    place.Dispose();
                    await DiscardAsync(reader, Math.Max(0, buffer.Length - mostBytes), deadline.Token);
                    return new(refusal);
                }

                if (read.IsCompleted)
                {
                    isWhole = true;
                    var body = buffer.ToArray();
                    reader.AdvanceTo(buffer.End);
                    return new(body, place);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                read = await reader.ReadAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new BadHttpRequestException("the body did not come in time", StatusCodes.Status408RequestTimeout);
        }
        finally
        {
            if (!isWhole)
            {
                place.Dispose();
            }
        }
    }

    private BodyPlace PlaceOf(HttpRequest request, ReadOnlySequence<byte> begun)
    {
        var part = begun.Slice(0, Math.Min(begun.Length, EarlyBytes));
        if (resellerOf(request, part.ToArray()) is { } reseller)
        {
            return new BodyPlace<int>(_withKey, reseller);
        }

        var address = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        return new BodyPlace<IPAddress>(_withoutKey, CallerNetwork.Of(address));
    }

    private static async ValueTask DiscardAsync(PipeReader reader, long discarded, CancellationToken cancel)
    {
        try
        {
            while (discarded < MostDiscarded)
            {
                var read = await reader.ReadAsync(cancel);
                discarded += read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is BadHttpRequestException or OperationCanceledException)
        {
            // It was promised and never came: refused all the same.
        }
    }
}
