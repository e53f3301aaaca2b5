using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>
/// What the resellers of one price list are told in one dialect, as long as no listed service changes. Its ETags are known
/// before its text is, so that a caller who has it already costs no rendering.
/// </summary>
/// <param name="list">What is listed, and at which prices.</param>
/// <param name="dialect">In whose words.</param>
/// <param name="etag">Names its text.</param>
/// <param name="kept">Where its text is kept when somebody has asked for it.</param>
internal sealed class PricedCatalogue(ServiceList list, Dialect dialect, ServicesETag etag, ServicesResponseCache kept)
{
    public ServiceList List => list;

    public ServicesETag ETag => etag;

    /// <summary>Its text in an encoding, made now or before.</summary>
    public Task<RenderedCatalogue> RenderedAsync(CatalogueEncoding encoding) => kept.GetAsync(this, encoding);

    /// <summary>Renders its text again.</summary>
    public RenderedCatalogue Render(CatalogueEncoding encoding) => RenderedCatalogue.Of(list, dialect, encoding);
}
