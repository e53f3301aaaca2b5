using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Resellers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>Whether a route costs more than it brings: of the cost that was seen last, exactly, and out of range is too much.</summary>
public sealed class RouteCostTests
{
    private static readonly Gen<RouteCost> Costs =
        from seen in Cases.Rates
        from exchange in Cases.UpTo(100_000_000 * ExchangeRate.One).Where(units => units > 0)
        from times in Gen.Choose(Multiplier.One, Multiplier.Most).Or(Gen.Constant(Multiplier.One))
        select new RouteCost(seen, null, new(exchange), new(times));

    [Theory]
    [InlineData("0.50", "1", "1", "0.50", "0.50", false)]
    [InlineData("0.50", "1", "1", "0.50", "0.49999999", true)]
    [InlineData("5.00", "1", "1", "5.00", "0.50", true)]
    [InlineData("1.00", "25000", "1", "25000.00", "25000", false)]
    [InlineData("1.00", "1", "1.1", "1.10", "1.09", true)]
    [InlineData("500", "25000", "1", "more than 10000000.00", "10000000", true)]
    [InlineData("10000000", "1", "1.0001", "more than 10000000.00", "10000000", true)]
    public void It_is_above_a_price_or_it_is_not(string seen, string exchange, string times, string here, string price, bool isAbove)
    {
        Assert.True(ExchangeRate.TryParse(exchange, out var rate) & Multiplier.TryParse(times, out var multiplier));
        var cost = new RouteCost(Of(seen), null, rate, multiplier);

        Assert.Equal((here, isAbove), (cost.Text, cost.IsAbove(Of(price))));
    }

    [Fact]
    public void What_was_never_seen_or_is_accepted_is_no_loss()
    {
        var never = new RouteCost(null, null, new(ExchangeRate.One), new(Multiplier.One));
        var seen = never with { Seen = Of("5") };

        Assert.False(never.IsAbove(default) || never.IsLoss(default, 1, 1, isFlat: false));
        Assert.True(seen.IsAbove(Of("0.5")) && seen.IsLoss(Of("0.5"), 100, 100, isFlat: false));
        Assert.True((seen with { Accepted = Of("4.99") }).IsAbove(Of("0.5")));
        Assert.False((seen with { Accepted = Of("5") }).IsAbove(Of("0.5")) || (seen with { Accepted = Of("5") }).IsLoss(Of("0.5"), 100, 100, isFlat: false));
    }

    [Fact]
    public void An_order_that_is_no_loss_costs_at_the_most_what_it_brings() => Properties.Hold(
        from cost in Costs
        from paid in Cases.Rates
        from quantity in Cases.UpTo(Limits.MaxQuantity).Where(number => number > 0)
        from isFlat in Gen.Elements(true, false)
        select (cost, paid, quantity, isFlat),
        given =>
        {
            var (cost, paid, quantity, isFlat) = given;
            var asked = isFlat ? quantity : cost.Multiplier.Asked(quantity);
            if (cost.IsLoss(paid, quantity, asked, isFlat) || cost.Exchange.InPanel(cost.Seen!.Value) is not { } here
                || !(isFlat ? paid.Flat() : paid.For(quantity)).Try(out var brings, out _))
            {
                return;
            }

            Assert.True((isFlat ? here.Flat() : here.For(asked)).Try(out var costs, out _));
            Assert.True(costs <= brings);
        });

    [Theory]
    [InlineData("0.50", "5.00", 0, null, "0.50")]
    [InlineData("0.45", "0.50", 0, "0.45", "0.50")]
    [InlineData("0.45", "0.50", 0, "0.40", "0.45")]
    [InlineData("0.45", "0.50", 1_000, null, "0.50")]
    [InlineData("0.45", "5.00", 1_000, null, "0.50")]
    [InlineData("0.50", "0.45", 0, "0.50", "0.50")]
    [InlineData("0.00", "0.50", 10_000, null, "0.50")]
    public void An_order_is_measured_by_what_was_paid_unless_an_operator_has_let_the_reseller_pay_less(
        string paid, string list, int discount, string? own, string measure) => Assert.Equal(
            measure,
            new PriceList(discount, own is null ? new Dictionary<int, Rate>() : new() { [1] = Of(own) }).MeasureOf(1, Of(paid), Of(list)).ToString());

    private static Rate Of(string text) => Rate.TryParse(text, out var rate) ? rate : throw new ArgumentException(text);
}
