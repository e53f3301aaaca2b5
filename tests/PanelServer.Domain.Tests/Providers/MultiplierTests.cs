using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>How much is asked of a provider, and what its remains are of the order.</summary>
public sealed class MultiplierTests
{
    private static Gen<(Multiplier Multiplier, long Ordered)> Orders { get; } =
        from units in Gen.Choose(1, Multiplier.Most)
        from ordered in Gen.Choose(1, int.MaxValue)
        select (new Multiplier(units), (long)ordered);

    [Theory]
    [InlineData("1", 10_000)]
    [InlineData("1.1", 11_000)]
    [InlineData("1.0001", 10_001)]
    [InlineData("1000", 10_000_000)]
    public void A_factor_is_read(string text, int units)
    {
        Assert.True(Multiplier.TryParse(text, out var multiplier));
        Assert.Equal(units, multiplier.Units);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.9999")]
    [InlineData("1000.0001")]
    [InlineData("1.00001")]
    [InlineData("1e1")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    public void What_is_no_factor_is_refused(string? text)
    {
        Assert.False(Multiplier.TryParse(text, out var multiplier));
        Assert.Equal(Multiplier.One, multiplier.Units);
    }

    [Theory]
    [InlineData(11_000, 100, 110)]
    [InlineData(10, 1_000, 1)]
    [InlineData(10, 1_001, 2)]
    [InlineData(1, 1, 1)]
    public void Nobody_gets_less_than_ordered(int units, long ordered, long asked) =>
        Assert.Equal(asked, new Multiplier(units).Asked(ordered));

    [Fact]
    public void Remains_are_within_the_order_whatever_is_said() => Properties.Hold(
        from order in Orders
        from said in Gen.Elements(long.MinValue, -1, 0, 1, long.MaxValue).Or(Cases.UpTo(long.MaxValue))
        select (order, said),
        given =>
        {
            var (multiplier, ordered) = given.order;
            Assert.InRange(Multiplier.Remains(given.said, multiplier.Asked(ordered), ordered), 0, ordered);
        });

    [Fact]
    public void More_remaining_there_is_never_less_remaining_here() => Properties.Hold(
        from order in Orders
        from one in Cases.UpTo(1_000_000_000_000)
        from other in Cases.UpTo(1_000_000_000_000)
        select (order, Less: Math.Min(one, other), More: Math.Max(one, other)),
        given =>
        {
            var (multiplier, ordered) = given.order;
            var asked = multiplier.Asked(ordered);
            Assert.True(Multiplier.Remains(given.Less, asked, ordered) <= Multiplier.Remains(given.More, asked, ordered));
        });

    [Fact]
    public void All_there_is_all_here_and_nothing_is_nothing() => Properties.Hold(Orders, given =>
    {
        var asked = given.Multiplier.Asked(given.Ordered);
        Assert.Equal(given.Ordered, Multiplier.Remains(asked, asked, given.Ordered));
        Assert.Equal(0, Multiplier.Remains(0, asked, given.Ordered));

        // Something that remains there is never nothing here: it was paid for.
        Assert.True(Multiplier.Remains(1, asked, given.Ordered) >= 1);
    });
}
