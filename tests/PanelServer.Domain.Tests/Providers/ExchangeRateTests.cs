using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>What a provider's prices and charges are in the panel's currency.</summary>
public sealed class ExchangeRateTests
{
    private static Gen<ExchangeRate> Exchanges { get; } = Cases.UpTo(100_000_000 * ExchangeRate.One).Where(units => units > 0).Select(units => new ExchangeRate(units));

    [Theory]
    [InlineData("1", ExchangeRate.One)]
    [InlineData("0.027", 2_700_000L)]
    [InlineData("0.00000001", 1L)]
    [InlineData("100000000", 10_000_000_000_000_000L)]
    public void A_rate_is_read(string text, long units)
    {
        Assert.True(ExchangeRate.TryParse(text, out var exchange));
        Assert.Equal(units, exchange.Units);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.000000001")]
    [InlineData("100000000.1")]
    [InlineData("1e3")]
    public void What_is_no_rate_is_refused(string? text)
    {
        Assert.False(ExchangeRate.TryParse(text, out var exchange));
        Assert.Equal(ExchangeRate.One, exchange.Units);
    }

    [Theory]
    [InlineData(ExchangeRate.One, 9_000_000L, 9_000L)]
    [InlineData(ExchangeRate.One, 1L, 1L)]
    [InlineData(ExchangeRate.One, 0L, 0L)]
    [InlineData(2_700_000L, 100_000_000L, 2_700L)]
    [InlineData(1L, 1L, 1L)]
    public void A_charge_is_rounded_up(long units, long charge, long money) =>
        Assert.Equal(new Money(money), new ExchangeRate(units).InPanel(charge));

    [Fact]
    public void What_costs_something_there_costs_so_much_here_and_is_nothing_at_all_where_that_cannot_be_held() => Properties.Hold(
        from exchange in Exchanges
        from charge in Cases.UpTo(long.MaxValue)
        from rate in Cases.Rates
        select (exchange, charge, rate),
        given =>
        {
            static Int128 Up(Int128 amount, Int128 divisor) => (amount + divisor - 1) / divisor;
            var money = Up((Int128)given.charge * given.exchange.Units, (Int128)ExchangeRate.One * 1_000);
            var rate = Up((Int128)given.rate.Units * given.exchange.Units, ExchangeRate.One);
            Assert.Equal(money <= Money.Max.Units ? new Money((long)money) : null, given.exchange.InPanel(given.charge));
            Assert.Equal(rate <= Rate.Max.Units ? new Rate((long)rate) : null, given.exchange.InPanel(given.rate));
        });

    [Fact]
    public void One_for_one_changes_no_rate() =>
        Properties.Hold(Cases.Rates, rate => Assert.Equal(rate, new ExchangeRate(ExchangeRate.One).InPanel(rate)));

    [Fact]
    public void A_dearer_charge_is_never_cheaper_here() => Properties.Hold(
        from exchange in Exchanges
        from one in Cases.UpTo(long.MaxValue)
        from other in Cases.UpTo(long.MaxValue)
        select (exchange, Less: Math.Min(one, other), More: Math.Max(one, other)),
        given => Assert.True(given.exchange.InPanel(given.More) is not { } more || given.exchange.InPanel(given.Less)!.Value.Units <= more.Units));
}
