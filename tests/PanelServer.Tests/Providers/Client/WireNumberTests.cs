using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using static PanelServer.Domain.Providers.DecimalSign;

namespace PanelServer.Tests.Providers.Client;

/// <summary>Decimal commas: what is certain is read, what has two meanings only where other numbers tell which.</summary>
public sealed class WireNumberTests
{
    private const int Thousandths = 3;

    [Theory]
    [InlineData("0,500", 500L, Comma)]
    [InlineData("-0,050", -50L, Comma)]
    [InlineData("0,5", 500L, Comma)]
    [InlineData(",5", 500L, Comma)]
    [InlineData("12,34", 12_340L, Comma)]
    [InlineData("1234,567", 1_234_567L, Comma)]
    [InlineData("1.234,5", 1_234_500L, Comma)]
    [InlineData("1.234.567", 1_234_567_000L, Comma)]
    [InlineData("1,234.5", 1_234_500L, Point)]
    [InlineData("1,234,567", 1_234_567_000L, Point)]
    [InlineData("0.5", 500L, Point)]
    [InlineData("1 234,5", 1_234_500L, Comma)]
    [InlineData("1’234.5", 1_234_500L, Point)]
    [InlineData("12", 12_000L, Unknown)]
    [InlineData("1.234", 1_234L, Unknown)]
    [InlineData("12.", 12_000L, Unknown)]
    public void What_is_certain_is_read_and_shows_the_sign(string text, long thousandths, DecimalSign shown)
    {
        var json = JsonSerializer.SerializeToElement(text);

        Assert.Equal(thousandths, WireNumber.Units(json, Thousandths, up: true));
        Assert.Equal(shown, WireNumber.SignOf([json], Unknown));
        Assert.False(WireNumber.IsAmbiguous(json));
    }

    [Theory]
    [InlineData("12,345", Unknown, null, 12_345L)]
    [InlineData("12,345", Comma, 12_345L, null)]
    [InlineData("12,345", Point, 12_345_000L, 12_345L)]
    [InlineData("12.345", Comma, null, 12_345L)]
    [InlineData("12.345", Point, 12_345L, null)]
    public void What_has_two_meanings_is_read_where_the_sign_is_known(string text, DecimalSign sign, long? thousandths, long? count)
    {
        var json = JsonSerializer.SerializeToElement(text);

        Assert.Equal((thousandths, count), (WireNumber.Units(json, Thousandths, up: true, sign), WireNumber.Whole(json, sign)));
        Assert.Equal(thousandths is null, WireNumber.IsAmbiguous(json, sign));
    }

    [Fact]
    public void A_number_of_json_is_itself_whatever_its_provider_writes_in_texts()
    {
        var json = JsonSerializer.SerializeToElement(12.345m);

        Assert.All(new[] { Unknown, Point, Comma }, sign => Assert.Equal(12_345L, WireNumber.Units(json, Thousandths, up: true, sign)));
        Assert.Equal(Comma, WireNumber.SignOf([json], Comma));
    }

    [Theory]
    [InlineData("0,500 1,250", Comma)]
    [InlineData("0.500 1,250", Point)]
    [InlineData("0.500 0,250", Unknown)]
    [InlineData("1,250 2,500", Unknown)]
    public void The_numbers_of_a_provider_tell_of_each_other(string numbers, DecimalSign sign) => Assert.Equal(
        sign, WireNumber.SignOf(numbers.Split(' ').Select(text => (JsonElement?)JsonSerializer.SerializeToElement(text)), Unknown));

    [Fact]
    public void An_amount_written_in_either_way_is_the_same_amount() => Properties.Hold(Prop.ForAll<PositiveInt, NonNegativeInt, bool>((whole, rest, grouped) =>
    {
        var (point, cents) = (whole.Get.ToString(grouped ? "#,0" : "0", System.Globalization.CultureInfo.InvariantCulture), rest.Get % 100);
        var comma = point.Replace(',', '.');
        var written = new[] { $"{point}.{cents:00}", $"{comma},{cents:00}" };
        return written.All(text => WireNumber.Units(JsonSerializer.SerializeToElement(text), 2, up: true) == (whole.Get * 100L) + cents);
    }), tries: 100);

    [Theory]
    [InlineData("0,500", 50_000_000L)]
    [InlineData("1,250", 125_000_000L)]
    public void The_rates_of_a_catalogue_with_decimal_commas_are_what_they_are(string rate, long units)
    {
        var catalogue = CatalogueReader.Read(Given.Answer(
            $$"""[{"service":1,"name":"A","rate":"0,5","max":"10.000"},{"service":2,"name":"B","rate":"{{rate}}","min":"1","max":"10.000"}]""")).Value!;

        Assert.Equal((units, 10_000, Comma), (catalogue.Services[1].Rate.Units, catalogue.Services[1].Max, catalogue.Sign));
    }

    [Fact]
    public void A_rate_that_may_be_two_is_put_aside_alone()
    {
        var catalogue = CatalogueReader.Read(Given.Answer("""[{"service":1,"name":"A","rate":"1,250"},{"service":2,"name":"B","rate":1}]""")).Value!;

        Assert.Equal("a rate that may be read in two ways", Assert.Single(catalogue.Unusable).Why);
        Assert.Equal("2", Assert.Single(catalogue.Services).Id);
    }

    [Fact]
    public void A_balance_that_may_be_two_is_read_where_the_provider_is_known()
    {
        const string Body = """{"balance":"12,345","currency":"EUR"}""";

        Assert.Contains("may be read in two ways", BalanceReader.Read(Given.Answer(Body)).Reason, StringComparison.Ordinal);
        Assert.Equal(1_234_500L, BalanceReader.Read(Given.Answer(Body, Comma)).Value!.Units);
        Assert.Equal(1_234_500_000L, BalanceReader.Read(Given.Answer(Body, Point)).Value!.Units);
    }

    [Fact]
    public void The_charges_of_one_answer_tell_of_each_other()
    {
        var orders = StatusReader.Orders(
            Given.Answer("""{"1":{"status":"Completed","charge":"0,050"},"2":{"status":"Completed","charge":"1,250"}}"""), ["1", "2"]).Value!;

        Assert.Equal((5_000_000L, 125_000_000L), (orders["1"].Charge, orders["2"].Charge));
    }
}
