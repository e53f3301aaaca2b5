using System.Globalization;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class WebTrafficTests
{
    [Theory]
    [InlineData("1", "google_keyword", "red shoes")]
    [InlineData("2", "referring_url", "https://example.org/from")]
    public void Each_source_needs_its_own_field_and_keeps_only_that(string source, string field, string text)
    {
        var form = Form().With("type_of_traffic", source);
        var refusal = new Refusal("incorrect_field", field);
        Assert.Equal(refusal, form.Read().Refusal);
        Assert.Equal(refusal, form.With(field, "").Read().Refusal);
        Assert.Equal(refusal, form.With(field, "a\nb").Read().Refusal);
        Assert.Equal(refusal, form.With(field, new('a', 2_001)).Read().Refusal);
        form.With("google_keyword", "other").With("referring_url", "https://example.net/").With(field, text);
        Assert.Equal(
            ["country=US", "device=5", $"type_of_traffic={source}", $"{field}={text}"],
            form.Details.Extras.Select(extra => $"{extra.Key}={extra.Value}"));
    }

    [Fact]
    public void The_third_source_needs_nothing_more()
    {
        var extras = Form().With("google_keyword", "\0").With("referring_url", "\0").Details.Extras;
        Assert.Equal(["country", "device", "type_of_traffic"], extras.Select(extra => extra.Key));
    }

    [Fact]
    public void Device_is_one_to_five_and_source_one_to_three()
    {
        for (var number = 0; number <= 10; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(number is >= 1 and <= 5 ? null : "Incorrect device", Form().With("device", text).Refused);
            var form = Form().With("type_of_traffic", text).With("google_keyword", "a").With("referring_url", "b");
            Assert.Equal(number is >= 1 and <= 3 ? null : "Incorrect type_of_traffic", form.Refused);
        }
    }

    [Fact]
    public void The_source_is_checked_before_the_runs_and_the_bounds()
    {
        var form = Form().With("type_of_traffic", "1").With("runs", "x").With("interval", "y").With("quantity", "1");
        Assert.Equal("Incorrect google_keyword", form.Refused);
        Assert.Equal("Incorrect runs", form.With("google_keyword", "a").Refused);
    }

    private static OrderForm Form() => OrderForm.Of(ServiceType.WebTraffic);
}
