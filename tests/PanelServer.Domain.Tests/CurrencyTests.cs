namespace PanelServer.Domain.Tests;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("USD")]
    [InlineData("EUR")]
    [InlineData("TRY")]
    [InlineData("RUB")]
    [InlineData("INR")]
    [InlineData("JPY")]
    public void A_panel_can_be_in_any_currency_of_the_standard(string code) => Assert.True(Currency.IsKnown(code));

    [Theory]
    [InlineData("")]
    [InlineData("usd")]
    [InlineData("US")]
    [InlineData("USDT")]
    [InlineData("BTC")]
    [InlineData("XXX")]
    [InlineData("XAU")]
    [InlineData(" USD")]
    public void What_has_no_exchange_rate_as_money_is_no_currency(string code) => Assert.False(Currency.IsKnown(code));

    [Fact]
    public void A_new_panel_is_in_dollars() => Assert.Equal("USD", Currency.Default);
}
