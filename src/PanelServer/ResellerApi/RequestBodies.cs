using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using PanelServer.Domain;

namespace PanelServer.ResellerApi;

/// <summary>
/// Reads bodies whole. A small one costs nothing; what is larger is counted while it is in memory, to the reseller whose key
/// it begins with or stands in its query, else to the network it comes from. So a sender without a key can fill
/// neither the memory nor what is kept for those who have one.
/// </summary>
/// <param name="mostBytes">Bytes of the largest body.</param>
/// <param name="resellerOf">The reseller of a key in the query or in the first part of a body; null when there is none.</param>
internal sealed class RequestBodies(int mostBytes, Func<HttpRequest, ReadOnlyMemory<byte>, int?> resellerOf) : IDisposable
{
    /// <summary>Bytes of a body that are not counted: nearly every call is smaller.</summary>
    public const int FreeBytes = 16 * 1024;

    /// <summary>Bytes of all bodies whose senders have shown no key.</summary>
    public const long MaxWithoutKey = 64 * 1024 * 1024;

    /// <summary>Bytes of all bodies whose senders have shown a key.</summary>
    public const long MaxWithKey = 64 * 1024 * 1024;

    /// <summary>Bytes of one sender's bodies, or one body of the largest size where that is more.</summary>
    public const long MaxOfOne = 16 * 1024 * 1024;

    /// <summary>Bytes of a body that is refused which are read and dropped, so that its sender reads the answer.</summary>
    public const int MaxDiscarded = 4 * 1024 * 1024;

    /// <summary>Bodies that are read off at the same time.</summary>
    public const int MaxDiscards = 4;

    /// <summary>Bytes in which the key is looked for before the body is whole.</summary>
    private const int EarlyBytes = 64 * 1024;

    /// <summary>How long a body over <see cref="FreeBytes"/> may take; smaller ones are held to the listener's least rate.</summary>
    public static readonly TimeSpan LargeBodyWithin = TimeSpan.FromSeconds(60);

    /// <summary>How long a large body waits for room until it is refused.</summary>
    public static readonly TimeSpan LargeBodyWaits = TimeSpan.FromSeconds(10);

    /// <summary>How long a body that is refused may take to be read off.</summary>
    private static readonly TimeSpan DiscardedWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long a large body may take here.</summary>
    public TimeSpan Within { get; init; } = LargeBodyWithin;

    /// <summary>How long one waits for room here.</summary>
    public TimeSpan RoomWithin { get; init; } = LargeBodyWaits;

    private readonly SemaphoreSlim _discards = new(MaxDiscards);

    private readonly BodyBudget<int> _withKey = new(Math.Max(MaxWithKey, mostBytes), Math.Max(MaxOfOne, mostBytes));
    private readonly BodyBudget<IPAddress> _withoutKey = new(Math.Max(MaxWithoutKey, mostBytes), Math.Max(MaxOfOne, mostBytes));

    /// <summary>The bytes that are counted now, for tests.</summary>
    public long Held => _withKey.Held + _withoutKey.Held;

    /// <summary>Reads a body. To be disposed when the call has ended, as its parameters are in memory until then.</summary>
    /// <exception cref="BadHttpRequestException">It broke off, or did not come in time.</exception>
    public async ValueTask<ReceivedBody> ReadAsync(HttpRequest request)
    {
        try
        {
            var reader = request.BodyReader;
            if (request.ContentLength > mostBytes)
            {
                await DiscardAsync(reader, 0);
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
        catch (IOException error) when (error is not (BadHttpRequestException or ConnectionResetException))
        {
            // What the listener says of a chunk whose size is larger than it can count.
            throw new BadHttpRequestException("the body cannot be read", error);
        }
    }

    public void Dispose() => _discards.Dispose();

    private async Task<ReceivedBody> ReadLargeAsync(HttpRequest request, ReadResult read)
    {
        // Nothing more is read before there is room: who waits costs no more than what the listener has read ahead.
        var reader = request.BodyReader;
        var room = await RoomOfAsync(request, read.Buffer);
        if (room is null)
        {
            reader.AdvanceTo(read.Buffer.End);
            await DiscardAsync(reader, 0);
            return new(Refusal.Unavailable);
        }

        using var deadline = new CancellationTokenSource(Within);
        using var cut = CutAt(reader, deadline.Token);
        var isWhole = false;
        try
        {
            while (true)
            {
                var buffer = read.Buffer;
                if (read.IsCanceled)
                {
                    reader.AdvanceTo(buffer.End);
                    throw new BadHttpRequestException("the body did not come in time", StatusCodes.Status408RequestTimeout);
                }

                if (buffer.Length > mostBytes)
                {
                    reader.AdvanceTo(buffer.End);
                    await DiscardAsync(reader, buffer.Length - mostBytes);
                    return new(Refusal.TooLarge);
                }

                if (read.IsCompleted)
                {
                    var body = buffer.ToArray();
                    reader.AdvanceTo(buffer.End);
                    isWhole = true;
                    return new(body, room);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                read = await reader.ReadAsync();
            }
        }
        finally
        {
            if (!isWhole)
            {
                room.Dispose();
            }
        }
    }

    /// <summary>Reserves room for a whole body; one that does not declare its length reserves the maximum.</summary>
    private Task<IDisposable?> RoomOfAsync(HttpRequest request, ReadOnlySequence<byte> begun)
    {
        var bytes = request.ContentLength ?? mostBytes;
        var part = begun.Slice(0, Math.Min(begun.Length, EarlyBytes));
        if (resellerOf(request, part.ToArray()) is { } reseller)
        {
            return _withKey.HoldAsync(reseller, bytes, RoomWithin);
        }

        var address = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        return _withoutKey.HoldAsync(CallerNetwork.Of(address), bytes, RoomWithin);
    }

    /// <summary>Ends a read that waits at a moment, so that the listener can still end the request: a token given to it would not let it.</summary>
    private static CancellationTokenRegistration CutAt(PipeReader reader, CancellationToken moment) =>
        moment.UnsafeRegister(static body => ((PipeReader)body!).CancelPendingRead(), reader);

    /// <summary>Reads off what is refused, so that its sender reads the answer; only a few at a time, as the bytes are discarded.</summary>
    private async Task DiscardAsync(PipeReader reader, long discarded)
    {
        using var deadline = new CancellationTokenSource(DiscardedWithin);
        using var cut = CutAt(reader, deadline.Token);
        var isMyTurn = false;
        try
        {
            await _discards.WaitAsync(deadline.Token);
            isMyTurn = true;
            while (discarded < MaxDiscarded)
            {
                var read = await reader.ReadAsync();
                discarded += read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is BadHttpRequestException or OperationCanceledException)
        {
            // It was promised and never came, or too many others were refused: refused all the same.
        }
        finally
        {
            if (isMyTurn)
            {
                _discards.Release();
            }
        }
    }
}
