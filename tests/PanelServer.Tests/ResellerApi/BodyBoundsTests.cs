using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using PanelServer.Domain;
using PanelServer.ResellerApi;

namespace PanelServer.Tests.ResellerApi;

/// <summary>What bodies may hold of the memory: bounded for all together, for each sender, and apart for those with a key.</summary>
public sealed class BodyBoundsTests
{
    private const int MaxBytes = 1024 * 1024;
    private const int HisReseller = 7;
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.1");

    [Fact]
    public async Task One_address_without_a_key_fills_its_share_and_another_still_has_room()
    {
        using var bodies = new RequestBodies(MaxBytes, (_, _) => null) { RoomWithin = TimeSpan.FromMilliseconds(1) };
        var unfinished = await FillAsync(bodies, Here, MostOf(RequestBodies.MaxOfOne));
        Assert.Equal(RequestBodies.MaxOfOne, bodies.Held);

        Assert.Equal(Refusal.Unavailable, (await bodies.ReadAsync(Whole(Here, MaxBytes))).Refusal);
        Assert.Null((await bodies.ReadAsync(Whole(Here, RequestBodies.FreeBytes))).Refusal);
        using (var other = await bodies.ReadAsync(Whole(IPAddress.Parse("203.0.113.2"), MaxBytes)))
        {
            Assert.Equal(MaxBytes, other.Bytes.Length);
        }

        await EndAsync(unfinished);
        Assert.Equal(0, bodies.Held);
    }

    [Fact]
    public async Task All_addresses_without_a_key_fill_what_is_theirs_and_whoever_has_one_still_has_room()
    {
        using var bodies = new RequestBodies(MaxBytes, (_, part) => part.Span.StartsWith("key="u8) ? HisReseller : null) { RoomWithin = TimeSpan.FromMilliseconds(1) };
        var unfinished = new List<Sender>();
        for (var address = 1; unfinished.Count < MostOf(RequestBodies.MaxWithoutKey); address++)
        {
            unfinished.AddRange(await FillAsync(bodies, IPAddress.Parse($"203.0.113.{address}"), MostOf(RequestBodies.MaxOfOne)));
        }

        Assert.Equal(RequestBodies.MaxWithoutKey, bodies.Held);
        Assert.Equal(Refusal.Unavailable, (await bodies.ReadAsync(Whole(IPAddress.Parse("198.51.100.1"), MaxBytes))).Refusal);
        using (var his = await bodies.ReadAsync(Whole(Here, MaxBytes, "key=x&")))
        {
            Assert.Null(his.Refusal);
            Assert.Equal(RequestBodies.MaxWithoutKey + MaxBytes, bodies.Held);
        }

        await EndAsync(unfinished);
        Assert.Equal(0, bodies.Held);
    }

    [Fact]
    public async Task One_reseller_cannot_take_the_room_of_the_others()
    {
        using var bodies = new RequestBodies(MaxBytes, (_, part) => part.Span[0] - '0') { RoomWithin = TimeSpan.FromMilliseconds(1) };
        var unfinished = await FillAsync(bodies, Here, MostOf(RequestBodies.MaxOfOne), "1");
        Assert.Equal(Refusal.Unavailable, (await bodies.ReadAsync(Whole(Here, MaxBytes, "1"))).Refusal);
        using (var other = await bodies.ReadAsync(Whole(Here, MaxBytes, "2")))
        {
            Assert.Null(other.Refusal);
        }

        await EndAsync(unfinished);
        Assert.Equal(0, bodies.Held);
    }

    [Fact]
    public async Task A_large_body_waits_for_room_unread_and_is_served_when_another_has_ended()
    {
        using var bodies = new RequestBodies(MaxBytes, (_, _) => null) { RoomWithin = TimeSpan.FromMinutes(10) };
        var unfinished = await FillAsync(bodies, Here, MostOf(RequestBodies.MaxOfOne));
        var (first, second) = (bodies.ReadAsync(Whole(Here, MaxBytes)).AsTask(), bodies.ReadAsync(Whole(Here, MaxBytes)).AsTask());
        using (var other = await bodies.ReadAsync(Whole(IPAddress.Parse("203.0.113.2"), MaxBytes)))
        {
            Assert.Null(other.Refusal);
        }

        Assert.False(first.IsCompleted || second.IsCompleted);
        await unfinished[0].EndAsync();
        using (var served = await first)
        {
            Assert.Equal(MaxBytes, served.Bytes.Length);
            Assert.False(second.IsCompleted);
        }

        (await second).Dispose();
        await EndAsync(unfinished[1..]);
        Assert.Equal(0, bodies.Held);
    }

    [Fact]
    public async Task A_large_body_that_stops_coming_is_given_up_and_holds_nothing()
    {
        using var bodies = new RequestBodies(MaxBytes, (_, _) => null) { Within = TimeSpan.FromMilliseconds(1) };
        var sender = await Sender.BeginAsync(bodies, Here, MaxBytes - 1, "");
        await Assert.ThrowsAsync<BadHttpRequestException>(() => sender.Reading);
        Assert.Equal(0, bodies.Held);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "key=abc&action=add&comments=x", "abc")]
    [InlineData("application/x-www-form-urlencoded", "action=add&key=a%62c&comments=x", "abc")]
    [InlineData("application/x-www-form-urlencoded", "comments=x&key=ab", null)]
    [InlineData(null, "{\"action\":\"add\",\"orders\":[1,2],\"key\":\"abc\",\"comments\":\"x", "abc")]
    [InlineData("application/json", " {\"key\":\"a\\u0062c\",\"comments\":\"x", "abc")]
    [InlineData("application/json", "{\"comments\":\"x\\n", null)]
    [InlineData("application/json", "{\"key\":\"ab", null)]
    [InlineData("application/json", "{\"key\":17,", null)]
    [InlineData("application/json", "{\"key\":\"\\ud800\",", null)]
    [InlineData("application/json", "{]", null)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nabc\r\n--b\r\n", "abc")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nab", null)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"comments\"\r\n\r\nx", null)]
    public void A_key_is_found_where_it_stands_whole_in_the_first_part(string? contentType, string part, string? key) =>
        Assert.Equal(key, EarlyKey.Find(Encoding.UTF8.GetBytes(part), contentType));

    private static int MostOf(long bytes) => (int)(bytes / MaxBytes);

    /// <summary>Bodies that are all there but for the end.</summary>
    private static async Task<List<Sender>> FillAsync(RequestBodies bodies, IPAddress from, int count, string begin = "")
    {
        var senders = new List<Sender>();
        for (var sender = 0; sender < count; sender++)
        {
            var before = bodies.Held;
            senders.Add(await Sender.BeginAsync(bodies, from, MaxBytes, begin));
            Assert.Equal(before + MaxBytes, bodies.Held);
        }

        return senders;
    }

    private static async Task EndAsync(List<Sender> senders)
    {
        foreach (var sender in senders)
        {
            await sender.EndAsync();
        }
    }

    private static HttpRequest Whole(IPAddress from, int length, string begin = "") =>
        RequestOf(from, PipeReader.Create(new MemoryStream(BytesOf(length, begin))));

    private static byte[] BytesOf(int length, string begin)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'x');
        Encoding.ASCII.GetBytes(begin, bytes);
        return bytes;
    }

    private static HttpRequest RequestOf(IPAddress from, PipeReader body)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = from;
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IRequestBodyPipeFeature>(new Body(body));
        return context.Request;
    }

    private sealed class Body(PipeReader reader) : Microsoft.AspNetCore.Http.Features.IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }

    /// <summary>Somebody who has sent a body but for its end.</summary>
    private sealed class Sender(Pipe pipe, Task<ReceivedBody> reading)
    {
        public Task<ReceivedBody> Reading => reading;

        public static async Task<Sender> BeginAsync(RequestBodies bodies, IPAddress from, int length, string begin)
        {
            // Whatever was written is taken before the next is: the reader runs where the writer flushes.
            var pipe = new Pipe(new(pauseWriterThreshold: 1, resumeWriterThreshold: 1, readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
            var sender = new Sender(pipe, bodies.ReadAsync(RequestOf(from, pipe.Reader)).AsTask());
            await pipe.Writer.WriteAsync(BytesOf(length, begin));
            return sender;
        }

        public async Task EndAsync()
        {
            await pipe.Writer.CompleteAsync();
            (await reading).Dispose();
        }
    }
}
