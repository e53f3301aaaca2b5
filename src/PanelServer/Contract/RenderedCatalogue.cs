using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using PanelServer.Catalogue;
using PanelServer.Contract.Dialects;
using PanelServer.Resellers;

namespace PanelServer.Contract;

/// <summary>One reseller price list's catalogue in one dialect, with every encoding made once, when first asked for.</summary>
internal sealed class RenderedCatalogue
{
    private const int BrotliQuality = 5;

    private readonly byte[] _plain;
    private readonly string _tag;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    /// <param name="plain">The JSON.</param>
    public RenderedCatalogue(byte[] plain)
    {
        _plain = plain;
        _tag = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));
        _brotli = new(() => Compress(stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = BrotliQuality })));
        _gzip = new(() => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal)));
    }

    /// <summary>The smallest encoding that the caller accepts, as its name, its bytes and its ETag.</summary>
    public (string? Encoding, byte[] Bytes, string Tag) For(string? acceptEncoding)
    {
        if (Accepts(acceptEncoding, "br"))
        {
            return ("br", _brotli.Value, $"\"{_tag}-br\"");
        }

        return Accepts(acceptEncoding, "gzip")
            ? ("gzip", _gzip.Value, $"\"{_tag}-gz\"")
            : (null, _plain, $"\"{_tag}\"");
    }

    private static bool Accepts(string? header, string encoding) =>
        StringWithQualityHeaderValue.TryParseList([header ?? ""], out var accepted)
        && accepted.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) is { } found
        && found.Quality is null or > 0;

    private byte[] Compress(Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var compressor = open(compressed))
        {
            compressor.Write(_plain);
        }

        return compressed.ToArray();
    }
}

/// <summary>Keeps the rendered catalogues until services or prices change.</summary>
internal sealed class RenderedCatalogues(CurrentCatalogue catalogue, bool showDripfeed)
{
    /// <summary>Renderings kept; beyond it, and after a change, all are dropped and made anew.</summary>
    public const int MostKept = 64;

    private readonly ConcurrentDictionary<(string Dialect, string Prices, int Generation), RenderedCatalogue> _kept = new();

    /// <summary>The catalogue as this caller sees it.</summary>
    public RenderedCatalogue For(Caller caller, Dialect dialect)
    {
        var snapshot = catalogue.Get();
        (string Dialect, string Prices, int Generation) key = (dialect.Name, caller.PriceListName, snapshot.Generation);
        if (_kept.TryGetValue(key, out var known))
        {
            return known;
        }

        var listed = snapshot.All.Where(service => service.Enabled).ToList();
        var rendered = new RenderedCatalogue(
            AnswerText.Of(new ServiceList(listed, caller.Prices, showDripfeed), dialect));
        if (_kept.Count >= MostKept || _kept.Keys.Any(kept => kept.Generation != key.Generation))
        {
            _kept.Clear();
        }

        return _kept[key] = rendered;
    }
}
