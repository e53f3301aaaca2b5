using System.Security.Cryptography;
using System.Text;

namespace PanelServer.ResellerApi;

/// <summary>
/// The ETag of <c>services</c>, a strong one for each encoding (docs/contract.md, "services"). It is made of the text at
/// list prices, which holds the services, their order, the settings and this program's wording, and of the price list's
/// name. So it is known before a reseller's text is rendered, changes with the text, and outlives a restart.
/// </summary>
internal sealed class ServicesETag
{
    private const int DigestBytes = 12;

    private readonly string _plain;
    private readonly string _gzip;
    private readonly string _brotli;

    private ServicesETag(string digest) =>
        (_plain, _gzip, _brotli) = ($"\"{digest}\"", $"\"{digest}-gz\"", $"\"{digest}-br\"");

    /// <summary>Makes it.</summary>
    /// <param name="atListPrices">SHA-256 of the dialect's text at list prices.</param>
    /// <param name="priceList">The name of the reseller's price list.</param>
    public static ServicesETag Of(byte[] atListPrices, string priceList)
    {
        byte[] all = [.. atListPrices, .. Encoding.UTF8.GetBytes(priceList)];
        return new(Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, DigestBytes)));
    }

    /// <summary>As the header has it, quotation marks included.</summary>
    public string In(CatalogueEncoding encoding) =>
        encoding == CatalogueEncoding.Brotli ? _brotli : encoding == CatalogueEncoding.Gzip ? _gzip : _plain;

    /// <summary>Whether <c>If-None-Match</c> names a tag, in a list, as a weak one, or by naming any.</summary>
    public static bool IsKnown(string tag, ReadOnlySpan<char> ifNoneMatch)
    {
        foreach (var range in ifNoneMatch.Split(','))
        {
            var one = ifNoneMatch[range].Trim();
            if (one is "*" || (one.StartsWith("W/") ? one[2..] : one).SequenceEqual(tag))
            {
                return true;
            }
        }

        return false;
    }
}
