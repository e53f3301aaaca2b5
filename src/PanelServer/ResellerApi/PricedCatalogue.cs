using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>
/// What the resellers of one price list are told in one dialect, as long as no listed service changes. Its ETags are known
/// before its text is, so that a caller who has it already costs no rendering.
/// </summary>
/// <param name="list">What is listed, and at which prices.</param>
/// <param name="dialect">In whose words.</param>
/// <param name="digest">Hexadecimal; the same for the same text, another for another.</param>
/// <param name="kept">Where its text is kept when somebody has asked for it.</param>
internal sealed class PricedCatalogue(ServiceList list, Dialect dialect, string digest, ServicesResponseCache kept)
{
    private readonly string _plain = TagOf(digest, CatalogueEncoding.Plain);
    private readonly string _gzip = TagOf(digest, CatalogueEncoding.Gzip);
    private readonly string _brotli = TagOf(digest, CatalogueEncoding.Brotli);

    public ServiceList List => list;

    /// <summary>The ETag of its text in an encoding, a strong one.</summary>
    public string TagOf(CatalogueEncoding encoding) =>
        encoding == CatalogueEncoding.Brotli ? _brotli : encoding == CatalogueEncoding.Gzip ? _gzip : _plain;

    /// <summary>Its text in an encoding, made now or before.</summary>
    public Task<RenderedCatalogue> RenderedAsync(CatalogueEncoding encoding) => kept.GetAsync(this, encoding);

    /// <summary>Makes its text anew.</summary>
    public RenderedCatalogue Render(CatalogueEncoding encoding) => RenderedCatalogue.Of(list, dialect, encoding);

    private static string TagOf(string digest, CatalogueEncoding encoding) => $"\"{digest}{encoding.TagEnd}\"";
}
