using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>What is read from an answer to balance.</summary>
public sealed class BalanceReaderTests
{
    [Theory]
    [InlineData("""{"balance":"100.84292","currency":"USD"}""", 10_084_292L, "USD")]
    [InlineData("""{"balance":100.84292,"currency":"USD"}""", 10_084_292L, "USD")]
    [InlineData("""{"status":"success","balance":"0.03","currency":"USD"}""", 3_000L, "USD")]
    [InlineData("""{"balance":"1,234.5"}""", 123_450_000L, null)]
    [InlineData("""{"balance":"0.000019","currency":""}""", 1L, null)]
    [InlineData("""{"balance":"-0.000011","currency":null}""", -2L, null)]
    [InlineData("""{"balance":-5,"currency":"EUR","error":""}""", -500_000L, "EUR")]
    [InlineData("""{"balance":0}""", 0L, null)]
    [InlineData("""{"status":true,"data":{"balance":"12.5"}}""", 1_250_000L, null)]
    [InlineData("""{"data":{"funds":12.5,"currency":"EUR"}}""", 1_250_000L, "EUR")]
    [InlineData("""{"currency":"EUR","data":{"funds":"12.5"}}""", 1_250_000L, "EUR")]
    [InlineData("""{"Balance":"12.5","Currency":"USD"}""", 1_250_000L, "USD")]
    [InlineData("{\"balance\":\"12.5\",\"name\":\"half \\ud83d\"}", 1_250_000L, null)]
    [InlineData("""{"funds":"12.5"}""", 1_250_000L, null)]
    [InlineData("""{"balance":{"amount":"12.5","currency":"USD"}}""", 1_250_000L, "USD")]
    [InlineData("""[{"balance":"12.5"}]""", 1_250_000L, null)]
    [InlineData("""{"result":{"user":{"credit":"12.5"}}}""", 1_250_000L, null)]
    [InlineData("""{"balance":"$12.50"}""", 1_250_000L, null)]
    [InlineData("""{"balance":"-$12.50"}""", -1_250_000L, null)]
    [InlineData("""{"balance":"12.50 USD"}""", 1_250_000L, "USD")]
    [InlineData("""{"balance":"usd 12.50"}""", 1_250_000L, "USD")]
    [InlineData("""{"balance":"12,5 €"}""", 1_250_000L, "EUR")]
    [InlineData("""{"balance":"₹1,234.50"}""", 123_450_000L, "INR")]
    [InlineData("""{"balance":"R$ 12,50","currency":"BRL"}""", 1_250_000L, "BRL")]
    public void A_balance_is_exact_and_rounded_down(string body, long units, string? currency) =>
        Assert.Equal(new UpstreamBalance(units, currency), BalanceReader.Read(Given.Answer(body)).Value);

    [Theory]
    [InlineData("""{"error":"Invalid API key"}""", "Invalid API key", RejectionReason.Key)]
    [InlineData("""{"status":"fail","message":"No such user"}""", "No such user", RejectionReason.Account)]
    [InlineData("""{"status":"fail","balance":"5"}""", "it says no without a reason", null)]
    [InlineData("""{"balance":"much"}""", "the answer has no balance that can be read", null)]
    [InlineData("""{"balance":null}""", "the answer has no balance that can be read", null)]
    [InlineData("""{"balance":1e30}""", "the answer has no balance that can be read", null)]
    [InlineData("""{"balance":"5","balance":"6"}""", "the answer says two things under one name", null)]
    [InlineData("{}", "the answer has no balance that can be read", null)]
    [InlineData("[]", "the answer has no balance that can be read", null)]
    [InlineData("5", "the answer has no balance that can be read", null)]
    [InlineData("", "the answer is empty", null)]
    public void Anything_else_is_no_balance(string body, string reason, RejectionReason? about)
    {
        var balance = BalanceReader.Read(Given.Answer(body));

        Assert.Equal((null, reason, about), (balance.Value, balance.Reason, balance.Objection));
    }

    [Theory]
    [InlineData("""{"balance":"12,345","currency":"EUR"}""")]
    [InlineData("""{"data":{"funds":"$12,345"}}""")]
    public void A_balance_of_two_meanings_is_not_read_unless_the_provider_has_shown_which(string body)
    {
        var balance = BalanceReader.Read(Given.Answer(body));

        Assert.Equal((null, true, null), (balance.Value, balance.IsAmbiguous, balance.Objection));
        Assert.Contains("12,345 may be read in two ways", balance.Reason, StringComparison.Ordinal);
        Assert.Equal(1_234_500L, UnitsBy(DecimalSign.Comma));
        Assert.Equal(1_234_500_000L, UnitsBy(DecimalSign.Point));

        long? UnitsBy(DecimalSign sign) => BalanceReader.Read(new(200, System.Text.Encoding.UTF8.GetBytes(body), new SecretRedactor(Given.Key), sign)).Value?.Units;
    }
}
