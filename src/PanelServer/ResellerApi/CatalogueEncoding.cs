using System.Globalization;
using System.IO.Compression;

namespace PanelServer.ResellerApi;

/// <summary>A way to send a catalogue: as it is, or compressed.</summary>
internal sealed class CatalogueEncoding
{
    public static readonly CatalogueEncoding Plain = new(null, stream => stream);

    public static readonly CatalogueEncoding Gzip =
        new("gzip", stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true));

    public static readonly CatalogueEncoding Brotli =
        new("br", stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true));

    // Of 5 000 services, 1.4 MB: quality 4 makes 130 kB in 5 ms, 5 makes 108 kB in 11 ms, 6 makes 102 kB in 12 ms.
    private const int BrotliQuality = 6;

    private readonly Func<Stream, Stream> _open;

    private CatalogueEncoding(string? name, Func<Stream, Stream> open)
    {
        _open = open;
        Name = name;
    }

    /// <summary>Its name as a content coding; null when nothing is done to the text.</summary>
    public string? Name { get; }

    /// <summary>
    /// What a caller wants most by its <c>Accept-Encoding</c>; of equally wanted ones the smallest. A caller that says
    /// nothing gets the plain text, and so does one that refuses everything: it can only be sent something.
    /// </summary>
    public static CatalogueEncoding Best(ReadOnlySpan<char> acceptEncoding)
    {
        decimal? brotli = null, gzip = null, plain = null, any = null;
        foreach (var range in acceptEncoding.Split(','))
        {
            var one = acceptEncoding[range];
            var end = one.IndexOf(';');
            var name = (end < 0 ? one : one[..end]).Trim();
            var weight = end < 0 ? 1 : WeightOf(one[(end + 1)..].Trim());
            if (name.Equals(Brotli.Name, StringComparison.OrdinalIgnoreCase))
            {
                brotli = weight;
            }
            else if (name.Equals(Gzip.Name, StringComparison.OrdinalIgnoreCase))
            {
                gzip = weight;
            }
            else if (name.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                plain = weight;
            }
            else if (name is "*")
            {
                any = weight;
            }
        }

        // Identity is always acceptable, but a client that names another encoding prefers it.
        var (best, most) = (Plain, plain ?? 0);
        Prefer(Gzip, gzip ?? any ?? 0);
        Prefer(Brotli, brotli ?? any ?? 0);
        return best;

        void Prefer(CatalogueEncoding encoding, decimal weight)
        {
            if (weight > 0 && weight >= most)
            {
                (best, most) = (encoding, weight);
            }
        }
    }

    /// <summary>Compresses what is written into another stream, which stays open.</summary>
    public Stream Into(Stream stream) => _open(stream);

    /// <summary>The weight of <c>q=0.5</c>; 0 for what is none, so that an unclear header states no preference.</summary>
    private static decimal WeightOf(ReadOnlySpan<char> parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && decimal.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : 0;
}
