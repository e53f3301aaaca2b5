using FsCheck.Fluent;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Resellers;
using PanelServer.Domain.Tests.Catalogue;

namespace PanelServer.Domain.Tests.Resellers;

public sealed class PriceListTests
{
    private static readonly Service Service = OrderForm.ServiceOf(ServiceType.Default);

    [Theory]
    [InlineData(0, "0.90")]
    [InlineData(1_000, "0.81")]
    [InlineData(1_250, "0.7875")]
    [InlineData(10_000, "0.00")]
    public void The_list_price_less_the_discount_is_what_a_reseller_pays(int basisPoints, string rate) =>
        Assert.Equal(rate, new PriceList(basisPoints, new Dictionary<int, Rate>()).RateOf(Service).ToString());

    [Fact]
    public void The_last_decimal_of_a_discounted_rate_rounds_up()
    {
        var odd = Service with { Rate = new(1) };
        Assert.Equal(new Rate(1), new PriceList(9_999, new Dictionary<int, Rate>()).RateOf(odd));
    }

    [Fact]
    public void An_own_price_wins_over_any_discount() => Properties.Hold(
        Cases.Rates.Zip(Cases.UpTo(10_000)),
        pair =>
        {
            var own = new Dictionary<int, Rate> { [Service.Id] = pair.Item1 };
            return new PriceList((int)pair.Item2, own).RateOf(Service) == pair.Item1;
        });

    [Fact]
    public void An_own_price_of_another_service_changes_nothing() => Assert.Equal(
        Service.Rate,
        new PriceList(0, new Dictionary<int, Rate> { [Service.Id + 1] = new(5) }).RateOf(Service));
}
