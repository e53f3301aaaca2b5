using System.Numerics;
using FsCheck.Fluent;

namespace PanelServer.Domain.Tests;

public sealed class RateTests
{
    [Theory]
    [InlineData("0.90", "0.90")]
    [InlineData("8", "8.00")]
    [InlineData("8.5", "8.50")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("1.23456789", "1.23456789")]
    [InlineData("1.20000000", "1.20")]
    [InlineData("0", "0.00")]
    [InlineData("00010.10", "10.10")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("10000000", "10000000.00")]
    public void A_rate_is_written_with_two_to_eight_decimals(string text, string written)
    {
        Assert.True(Rate.TryParse(text, out var rate));
        Assert.Equal(written, rate.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0.000000001")]
    [InlineData("10000000.00000001")]
    [InlineData("10000001")]
    [InlineData("9223372036854775808")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("1.2%")]
    public void Anything_else_is_no_rate(string? text) => Assert.False(Rate.TryParse(text, out _));

    [Fact]
    public void No_malformed_number_is_a_rate() =>
        Assert.All(Cases.NotNumbers, text => Assert.False(Rate.TryParse(text, out _), text));

    [Fact]
    public void What_is_written_reads_back_as_the_same_rate() => Properties.Hold(
        Cases.Rates,
        rate =>
        {
            Assert.Matches(@"^(0|[1-9][0-9]*)\.([0-9]{2}|[0-9]{2,7}[1-9])$", rate.ToString());
            Assert.True(Rate.TryParse(rate.ToString(), out var read));
            Assert.Equal(rate, read);
        });

    [Theory]
    [InlineData("0.90", 1000, "0.90000")]
    [InlineData("0.90", 1, "0.00090")]
    [InlineData("0.27819", 1000, "0.27819")]
    [InlineData("0.00000001", 1, "0.00001")]
    [InlineData("0.01", 1, "0.00001")]
    [InlineData("0.01000001", 1, "0.00002")]
    [InlineData("0.90", 0, "0.00000")]
    [InlineData("0", 2_147_483_647, "0.00000")]
    public void A_charge_is_the_rate_per_thousand_rounded_up(string text, long quantity, string charge)
    {
        Assert.True(Rate.TryParse(text, out var rate));
        Assert.Equal(charge, rate.For(quantity).Value.ToString());
    }

    [Fact]
    public void A_charge_is_exactly_the_ceiling_or_refused_as_unaffordable() => Properties.Hold(
        Cases.Rates.Zip(Cases.UpTo(long.MaxValue)),
        pair =>
        {
            var (rate, quantity) = pair;
            var exact = Ceiling((BigInteger)rate.Units * quantity, 1_000_000);
            Same(exact, rate.For(quantity));
            Same(Ceiling(rate.Units, 1_000), rate.Flat());
        });

    [Fact]
    public void A_charge_is_above_zero_exactly_when_there_is_a_price_and_a_quantity() => Properties.Hold(
        Cases.Rates.Zip(Cases.UpTo(int.MaxValue)),
        pair =>
        {
            var (rate, quantity) = pair;
            var free = rate.For(quantity).Refusal is null && rate.For(quantity).Value == Money.Zero;
            return free == (rate.Units == 0 || quantity == 0)
                && (rate.Flat().Value > Money.Zero) == (rate.Units > 0);
        });

    [Fact]
    public void A_charge_never_falls_when_the_quantity_grows() => Properties.Hold(
        from units in Cases.UpTo(Rate.Max.Units / 1_000)
        from quantity in Cases.UpTo(1_000_000)
        from more in Cases.UpTo(1_000_000)
        select (Rate: new Rate(units), Few: quantity, Many: quantity + more),
        order => order.Rate.For(order.Few).Value <= order.Rate.For(order.Many).Value);

    [Fact]
    public void The_largest_charge_is_the_most_an_account_can_hold()
    {
        Assert.Equal(Money.Max, Rate.Max.For(100_000_000).Value);
        Assert.Equal(Refusal.NotEnoughFunds, Rate.Max.For(100_000_001).Refusal);
        Assert.Equal(Refusal.NotEnoughFunds, Rate.Max.For(long.MaxValue).Refusal);
        Assert.Equal(new Money(1_000_000_000_000), Rate.Max.Flat().Value);
    }

    [Fact]
    public void A_discount_rounds_up_in_the_last_decimal_of_the_rate() => Properties.Hold(
        Cases.Rates.Zip(Cases.UpTo(10_000)),
        pair =>
        {
            var less = pair.Item1.Less((int)pair.Item2);
            Assert.Equal(Ceiling((BigInteger)pair.Item1.Units * (10_000 - pair.Item2), 10_000), less.Units);
            Assert.Equal(pair.Item1.Units == 0 || pair.Item2 == 10_000, less.Units == 0);
            Assert.True(less.Units <= pair.Item1.Units);
        });

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    [InlineData(int.MinValue)]
    public void A_discount_beyond_the_whole_is_a_mistake_of_the_caller(int basisPoints) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate(1).Less(basisPoints));

    private static void Same(BigInteger exact, Result<Money> charge)
    {
        if (exact > Money.Max.Units)
        {
            Assert.Equal(Refusal.NotEnoughFunds, charge.Refusal);
        }
        else
        {
            Assert.Equal(exact, charge.Value.Units);
        }
    }

    private static BigInteger Ceiling(BigInteger amount, long divisor) => (amount + divisor - 1) / divisor;
}
