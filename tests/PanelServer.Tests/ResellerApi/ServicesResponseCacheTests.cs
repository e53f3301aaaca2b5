using System.Collections;
using System.Diagnostics.CodeAnalysis;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.ResellerApi;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.Tests.ResellerApi;

/// <summary>What is kept of rendered catalogues: each once, within its bytes, and no failure.</summary>
public sealed class ServicesResponseCacheTests
{
    private const int Callers = 64;

    [Fact]
    public async Task It_is_made_once_however_many_ask_at_the_same_moment()
    {
        var kept = new ServicesResponseCache(int.MaxValue);
        using var together = new Barrier(Callers);
        var asking = Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return Offer(kept, "one").RenderedAsync(CatalogueEncoding.Brotli);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap());
        var made = await Task.WhenAll(asking);

        Assert.Single(made.Distinct());
    }

    [Fact]
    public async Task The_one_that_nobody_asked_for_the_longest_goes_first()
    {
        var size = (await Offer(new(int.MaxValue), "any").RenderedAsync(CatalogueEncoding.Plain)).Length;
        var kept = new ServicesResponseCache(2 * size);
        var one = await PlainAsync(kept, "one");
        var two = await PlainAsync(kept, "two");
        Assert.Same(one, await PlainAsync(kept, "one"));
        var three = await PlainAsync(kept, "three");

        Assert.Same(one, await PlainAsync(kept, "one"));
        Assert.Same(three, await PlainAsync(kept, "three"));
        Assert.NotSame(two, await PlainAsync(kept, "two"));
    }

    [Fact]
    public async Task What_is_larger_than_all_that_may_be_kept_is_made_and_not_kept()
    {
        var kept = new ServicesResponseCache(1);

        Assert.NotSame(await PlainAsync(kept, "one"), await PlainAsync(kept, "one"));
    }

    [Fact]
    public async Task A_failure_is_told_and_not_kept()
    {
        var kept = new ServicesResponseCache(int.MaxValue);
        var broken = Offer(kept, "one", new FailsOnce());

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken.RenderedAsync(CatalogueEncoding.Plain));
        Assert.NotEmpty((await broken.RenderedAsync(CatalogueEncoding.Plain)).Chunks);
    }

    [Fact]
    public async Task A_long_text_is_kept_in_pieces_and_whole()
    {
        var services = Enumerable.Range(1, 3_000).Select(id => Service(id, new string('é', 200))).ToList();
        var list = new ServiceList(services, new(0, new Dictionary<int, Rate>()), ShowDripfeed: true);
        var rendered = await new PricedCatalogue(list, Dialect.V2, ServicesETag.Of([], "long"), new(1)).RenderedAsync(CatalogueEncoding.Plain);

        Assert.Equal(ResponseText.Of(list, Dialect.V2), rendered.Chunks.SelectMany(chunk => chunk));
        Assert.All(rendered.Chunks.SkipLast(1), chunk => Assert.Equal(RenderedCatalogue.ChunkBytes, chunk.Length));
        Assert.Equal(rendered.Chunks.Sum(chunk => chunk.Length), rendered.Length);
    }

    private static Task<RenderedCatalogue> PlainAsync(ServicesResponseCache kept, string digest) =>
        Offer(kept, digest).RenderedAsync(CatalogueEncoding.Plain);

    private static PricedCatalogue Offer(
        ServicesResponseCache kept, string digest, IReadOnlyDictionary<int, Rate>? ownRates = null) =>
        new(new([Service(1, "Followers")], new(0, ownRates ?? new Dictionary<int, Rate>()), ShowDripfeed: true), Dialect.V2, ServicesETag.Of([], digest), kept);

    private static Service Service(int id, string name) => new()
    {
        Id = id,
        Position = id,
        Enabled = true,
        Type = ServiceType.Default,
        Category = "Instagram",
        Name = name,
        Rate = new(90_000_000),
        Min = 50,
        Max = 10_000,
    };

    /// <summary>Own rates that cannot be read the first time.</summary>
    private sealed class FailsOnce : IReadOnlyDictionary<int, Rate>
    {
        private bool _hasFailed;

        public int Count => 0;

        public IEnumerable<int> Keys => [];

        public IEnumerable<Rate> Values => [];

        public Rate this[int key] => throw new KeyNotFoundException();

        public bool ContainsKey(int key) => false;

        public bool TryGetValue(int key, [MaybeNullWhen(false)] out Rate value)
        {
            value = default;
            if (_hasFailed)
            {
                return false;
            }

            _hasFailed = true;
            throw new InvalidOperationException("once");
        }

        public IEnumerator<KeyValuePair<int, Rate>> GetEnumerator() => Enumerable.Empty<KeyValuePair<int, Rate>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
