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

    /// <summary>
    /// By which rate an order is measured against what it costs. That this reseller pays less than others is an operator's word:
    /// then it is what others would have paid. Everybody else's order is measured by what was paid for it.
    /// </summary>
    /// <param name="service">The order's service.</param>
    /// <param name="paid">The rate by which the order was paid.</param>
    /// <param name="list">The list price by now.</param>
    public Rate MeasureOf(int service, Rate paid, Rate list)
    {
        var units = OwnRates.TryGetValue(service, out var own) && own == paid ? list.Units
            : DiscountBasisPoints == Rate.BasisPoints ? list.Units
            : DiscountBasisPoints > 0 ? (long)Int128.Min(list.Units, (Int128)paid.Units * Rate.BasisPoints / (Rate.BasisPoints - DiscountBasisPoints))
            : paid.Units;
        return new(Math.Max(paid.Units, units));
    }
}
