using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Resellers;

/// <summary>What one reseller pays: own prices where there are any, else the list price less a discount.</summary>
/// <param name="DiscountBasisPoints">0 … 10 000.</param>
/// <param name="OwnRates">Own rates by service id.</param>
public sealed record PriceList(int DiscountBasisPoints, IReadOnlyDictionary<int, Rate> OwnRates)
{
    /// <summary>The rate that <c>services</c> shows and <c>add</c> charges.</summary>
    public Rate RateOf(Service service) =>
        OwnRates.TryGetValue(service.Id, out var own) ? own : service.Rate.Less(DiscountBasisPoints);
}
