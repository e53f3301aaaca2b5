using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;

namespace PanelServer.Domain.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.00001", 1)]
    [InlineData("0.1", 10_000)]
    [InlineData("12.5", 1_250_000)]
    [InlineData("100.84292", 10_084_292)]
    [InlineData("007", 700_000)]
    [InlineData("010", 1_000_000)]
    [InlineData(" 5 ", 500_000)]
    [InlineData("1.0", 100_000)]
    [InlineData("2147483648", 214_748_364_800_000)]
    [InlineData("1000000000000", 100_000_000_000_000_000)]
    [InlineData("1000000000000.00000", 100_000_000_000_000_000)]
    public void A_plain_decimal_reads_as_ledger_units(string text, long units)
    {
        Assert.True(Money.TryParse(text, out var money));
        Assert.Equal(units, money.Units);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1.-5")]
    [InlineData("0.000001")]
    [InlineData("1.000000")]
    [InlineData("1000000000000.00001")]
    [InlineData("1000000000001")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("$5")]
    [InlineData("(5)")]
    [InlineData("5 USD")]
    public void Anything_else_is_no_amount(string? text)
    {
        Assert.False(Money.TryParse(text, out var money));
        Assert.Equal(Money.Zero, money);
    }

    [Fact]
    public void No_malformed_number_is_an_amount() =>
        Assert.All(Cases.NotNumbers, text => Assert.False(Money.TryParse(text, out _), text));

    [Fact]
    public void What_is_written_reads_back_as_the_same_amount() => Properties.Hold(
        Cases.Amounts,
        money => Money.TryParse(money.ToString(), out var read) && read == money);

    [Fact]
    public void An_amount_is_written_with_exactly_five_decimals() => Properties.Hold(
        Cases.Amounts,
        money => Assert.Matches(@"^(0|[1-9][0-9]*)\.[0-9]{5}$", money.ToString()));

    [Theory]
    [InlineData(0, "0.00000")]
    [InlineData(27_819, "0.27819")]
    [InlineData(10_084_292, "100.84292")]
    [InlineData(-1, "-0.00001")]
    [InlineData(-150_000, "-1.50000")]
    [InlineData(long.MaxValue, "92233720368547.75807")]
    public void An_amount_reads_like_this(long units, string text) => Assert.Equal(text, new Money(units).ToString());

    [Fact]
    public void An_amount_is_written_alike_under_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (foreign.NumberFormat.NumberDecimalSeparator, foreign.NumberFormat.NegativeSign) = (",", "~");
        try
        {
            CultureInfo.CurrentCulture = foreign;
            Assert.Equal("-1.50000", new Money(-150_000).ToString());
            Assert.Equal("1.50", new Rate(150_000_000).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Sums_are_exact_and_never_wrap() => Properties.Hold(
        Gen.Two(Cases.UpTo(long.MaxValue)),
        pair =>
        {
            var sum = (BigInteger)pair.Item1 + pair.Item2;
            if (sum > long.MaxValue)
            {
                Assert.Throws<OverflowException>(() => new Money(pair.Item1) + new Money(pair.Item2));
            }
            else
            {
                Assert.Equal((long)sum, (new Money(pair.Item1) + new Money(pair.Item2)).Units);
            }

            Assert.Equal(pair.Item1 - pair.Item2, (new Money(pair.Item1) - new Money(pair.Item2)).Units);
        });

    [Fact]
    public void Arithmetic_beyond_the_edges_throws()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue));
    }

    [Fact]
    public void Amounts_compare_like_their_units() => Properties.Hold(
        Gen.Two(Cases.UpTo(3).Or(Cases.UpTo(long.MaxValue))),
        pair =>
        {
            var (left, right) = (new Money(pair.Item1), new Money(pair.Item2));
            Assert.Equal(pair.Item1 < pair.Item2, left < right);
            Assert.Equal(pair.Item1 > pair.Item2, left > right);
            Assert.Equal(pair.Item1 <= pair.Item2, left <= right);
            Assert.Equal(pair.Item1 >= pair.Item2, left >= right);
            Assert.Equal(pair.Item1 == pair.Item2, left == right);
            Assert.Equal(pair.Item1.CompareTo(pair.Item2), left.CompareTo(right));
        });
}
