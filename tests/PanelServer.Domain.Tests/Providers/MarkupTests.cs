using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

public sealed class MarkupTests
{
    private static Gen<Rate?> Maybe(long most) => Gen.Frequency(
        (1, Gen.Constant<Rate?>(null)),
        (2, Cases.UpTo(most).Select(units => (Rate?)new Rate(units))));

    private static readonly Gen<Markup> Markups =
        from percent in Cases.UpTo(Markup.MaxPercent)
        from put in Cases.UpTo(Rate.Max.Units)
        from roundUp in Maybe(Rate.Max.Units)
        from floor in Maybe(Rate.Max.Units)
        from ceiling in Maybe(Rate.Max.Units)
        select new Markup((int)percent, new(put), roundUp, floor, ceiling);

    [Theory]
    [InlineData("1.00", "0%", "0", null, null, null, "1.00")]
    [InlineData("1.00", "20%", "0", null, null, null, "1.20")]
    [InlineData("0.00000001", "1%", "0", null, null, null, "0.00000002")]
    [InlineData("0.33333333", "12.5%", "0", null, null, null, "0.375")]
    [InlineData("1.00", "20%", "0.10", null, null, null, "1.30")]
    [InlineData("1.01", "20%", "0", "0.05", null, null, "1.25")]
    [InlineData("1.00", "20%", "0", "0.05", null, null, "1.20")]
    [InlineData("1.00", "20%", "0", "0", null, null, "1.20")]
    [InlineData("0.01", "20%", "0", "0.05", "0.10", null, "0.10")]
    [InlineData("4.90", "20%", "0", "0.05", null, "5", "5.00")]
    [InlineData("6.00", "20%", "0", "0.05", null, "5", "6.00")]
    [InlineData("1.00", "20%", "0", null, "9", "5", "5.00")]
    [InlineData("10000000", "0%", "0", null, null, null, "10000000.00")]
    [InlineData("10000000", "20%", "1", null, null, "5", "10000000.00")]
    [InlineData("10000000", "20%", "1", null, null, null, "out of range")]
    [InlineData("9999999.99", "100000%", "10000000", "10000000", null, null, "out of range")]
    public void A_price_is_made_step_by_step(
        string cost,
        string percent,
        string put,
        string? roundUp,
        string? floor,
        string? ceiling,
        string price)
    {
        Assert.True(Percentage.TryParse(percent, out var basisPoints));
        var markup = new Markup(basisPoints, Of(put)!.Value, Of(roundUp), Of(floor), Of(ceiling));

        Assert.Equal(price, markup.PriceOf(Of(cost)!.Value)?.ToString() ?? "out of range");
    }

    [Fact]
    public void A_price_is_never_below_the_cost_and_none_where_it_would_be_above_the_dearest() => Properties.Hold(
        Markups.Zip(Cases.Rates),
        pair => pair.Item1.PriceOf(pair.Item2) is not { } price || (price.Units >= pair.Item2.Units && price.Units <= Rate.Max.Units));

    [Fact]
    public void A_price_never_falls_when_the_cost_grows() => Properties.Hold(
        from markup in Markups
        from one in Cases.Rates
        from other in Cases.Rates
        select (markup, Less: Math.Min(one.Units, other.Units), More: Math.Max(one.Units, other.Units)),
        with => with.markup.PriceOf(new(with.More)) is not { } more || with.markup.PriceOf(new(with.Less))!.Value.Units <= more.Units);

    [Fact]
    public void A_price_is_a_multiple_of_what_it_is_rounded_up_to_unless_a_bound_decided() => Properties.Hold(
        Markups.Zip(Cases.Rates),
        pair =>
        {
            var (markup, cost) = pair;
            return markup.PriceOf(cost) is not { } price
                || markup.RoundUp is not { Units: > 0 } step
                || price.Units % step.Units == 0
                || price == markup.Floor || price == markup.Ceiling || price == cost;
        });

    [Fact]
    public void Without_a_rule_the_price_is_the_cost() => Properties.Hold(
        Cases.Rates,
        cost => Markup.None.PriceOf(cost) == cost && new MarkupRules([]).For("any", "1").PriceOf(cost) == cost);

    [Fact]
    public void A_service_comes_before_its_category_and_that_before_the_provider()
    {
        var provider = new Markup(1, default);
        var category = new Markup(2, default);
        var service = new Markup(3, default);
        var rules = new MarkupRules(
        [
            new(MarkupScope.Provider, provider),
            new(MarkupScope.OfCategory("Instagram"), category),
            new(MarkupScope.OfService("7"), service),
        ]);

        Assert.Equal(service, rules.For("Instagram", "7"));
        Assert.Equal(category, rules.For("INSTAGRAM", "8"));
        Assert.Equal(provider, rules.For("TikTok", "8"));
    }

    [Theory]
    [InlineData("20%", 2_000)]
    [InlineData(" 12.5 ", 1_250)]
    [InlineData("0", 0)]
    [InlineData("100000%", 10_000_000)]
    [InlineData("100000.01%", null)]
    [InlineData("-1%", null)]
    [InlineData("1.234%", null)]
    [InlineData("%", null)]
    public void A_percentage_is_read_in_basis_points(string text, int? basisPoints) =>
        Assert.Equal(basisPoints, Percentage.TryParse(text, out var read) ? read : null);

    [Theory]
    [InlineData(10, 100, "1", 10, 100)]
    [InlineData(10, 100, "1.1", 9, 90)]
    [InlineData(10, 100, "2", 5, 50)]
    [InlineData(1, 2_147_483_647, "1000", 1, 2_147_483)]
    [InlineData(10, 10, "1000", null, null)]
    public void What_may_be_ordered_asks_for_what_the_provider_takes(int least, int greatest, string times, int? min, int? max)
    {
        Assert.True(Multiplier.TryParse(times, out var multiplier));

        Assert.Equal(
            min is null ? null : new QuantityBounds(min.Value, max!.Value),
            QuantityBounds.Ordered(new(least, greatest), multiplier));
    }

    [Fact]
    public void Bounds_are_exact() => Properties.Hold(
        from one in Cases.UpTo(20_000)
        from other in Cases.UpTo(20_000)
        from units in Gen.Choose(1, 50_000)
        select (Upstream: new QuantityBounds((int)Math.Min(one, other) + 1, (int)Math.Max(one, other) + 1), Times: new Multiplier(units)),
        with =>
        {
            bool Fits(long quantity) =>
                quantity >= 1 && with.Times.Asked(quantity) >= with.Upstream.Min && with.Times.Asked(quantity) <= with.Upstream.Max;
            if (QuantityBounds.Ordered(with.Upstream, with.Times) is { } bounds)
            {
                Assert.True(Fits(bounds.Min) && Fits(bounds.Max) && !Fits(bounds.Min - 1) && !Fits(bounds.Max + 1L));
            }
        });

    private static Rate? Of(string? text) => text is null ? null : Rate.TryParse(text, out var rate) ? rate : throw new ArgumentException(text);
}
