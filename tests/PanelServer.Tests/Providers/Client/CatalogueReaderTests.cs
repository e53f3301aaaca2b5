using System.Globalization;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>What is read from an answer to services.</summary>
public sealed class CatalogueReaderTests
{
    private const string Usual = "\"service\":1,\"name\":\"Followers\",\"rate\":\"0.90\"";

    [Fact]
    public void A_published_row_is_read_in_full()
    {
        var service = ServiceOf("""
            {"service":1,"name":"Followers","type":"Default","category":"First","rate":"0.90","min":"50","max":"10000",
             "refill":true,"cancel":false,"dripfeed":1,"desc":"<b>Good</b>\nand <script>fast</script>"}
            """);

        Assert.Equal(
            new()
            {
                Id = "1",
                Name = "Followers",
                TypeText = "Default",
                Type = ServiceType.Default,
                Category = "First",
                Rate = new(90_000_000),
                Min = 50,
                Max = 10_000,
                Refill = true,
                Dripfeed = true,
                Description = "<b>Good</b> and <script>fast</script>",
            },
            service);
    }

    [Theory]
    [InlineData("\"Custom Comments\"", "Custom Comments")]
    [InlineData("\"custom_comments\"", "Custom Comments")]
    [InlineData("2", "Custom Comments")]
    [InlineData("\"2\"", "Custom Comments")]
    [InlineData("0", "Default")]
    [InlineData("100", "Subscriptions")]
    [InlineData("\"POLL\"", "Poll")]
    [InlineData("99", null)]
    [InlineData("\"Teleport\"", null)]
    [InlineData("null", null)]
    public void A_type_is_known_by_name_code_or_number(string written, string? name) =>
        Assert.Equal(name, ServiceOf($$"""{{{Usual}},"type":{{written}}}""").Type?.Name);

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"1\"", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"Yes\"", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("\"0\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    [InlineData("\"maybe\"", false)]
    [InlineData("[]", false)]
    public void A_flag_is_a_flag_in_any_spelling(string written, bool flag)
    {
        var service = ServiceOf($$"""{{{Usual}},"refill":{{written}},"cancel":{{written}},"dripfeed":{{written}}}""");

        Assert.Equal((flag, flag, flag), (service.Refill, service.Cancel, service.Dripfeed));
    }

    [Theory]
    [InlineData("\"0.90\"", 90_000_000L)]
    [InlineData("0.9", 90_000_000L)]
    [InlineData("\"1,000.5\"", 100_050_000_000L)]
    [InlineData("\"0.123456781\"", 12_345_679L)]
    [InlineData("1e-12", 1L)]
    [InlineData("10000000", 1_000_000_000_000_000L)]
    public void A_rate_is_rounded_up(string written, long units) =>
        Assert.Equal(new Rate(units), ServiceOf($$"""{"service":1,"name":"F","rate":{{written}}}""").Rate);

    [Theory]
    [InlineData("", 1, int.MaxValue)]
    [InlineData(",\"min\":0,\"max\":10", 1, 10)]
    [InlineData(",\"min\":\"\",\"max\":\"\"", 1, int.MaxValue)]
    [InlineData(",\"min\":null,\"max\":null", 1, int.MaxValue)]
    [InlineData(",\"min\":\"1,000\",\"max\":\"1,000\"", 1_000, 1_000)]
    [InlineData(",\"min\":5,\"max\":99999999999", 5, int.MaxValue)]
    public void Limits_that_are_missing_are_as_wide_as_can_be(string limits, int min, int max)
    {
        var service = ServiceOf($$"""{{{Usual}}{{limits}}}""");

        Assert.Equal((min, max), (service.Min, service.Max));
    }

    [Theory]
    [InlineData("5", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("""{"name":"F","rate":1}""", "no id")]
    [InlineData("""{"service":null,"name":"F","rate":1}""", "no id")]
    [InlineData("""{"service":true,"name":"F","rate":1}""", "no id")]
    [InlineData("""{"service":0,"name":"F","rate":1}""", "an id that cannot be one")]
    [InlineData("""{"service":"-5","name":"F","rate":1}""", "an id that cannot be one")]
    [InlineData("""{"service":"1 2","name":"F","rate":1}""", "an id that cannot be one")]
    [InlineData("""{"service":"ü","name":"F","rate":1}""", "an id that cannot be one")]
    [InlineData("""{"service":"12345678901234567890123456789012345678901234567890123456789012345","name":"F","rate":1}""", "an id that cannot be one")]
    [InlineData("""{"service":9,"name":"F","rate":1}""", "an id that an earlier row has")]
    [InlineData("""{"service":1,"rate":1}""", "no name")]
    [InlineData("""{"service":1,"name":" \t\u202e","rate":1}""", "no name")]
    [InlineData("""{"service":1,"name":"F"}""", "no rate that can be read")]
    [InlineData("""{"service":1,"name":"F","rate":"free"}""", "no rate that can be read")]
    [InlineData("""{"service":1,"name":"F","rate":1e30}""", "no rate that can be read")]
    [InlineData("""{"service":1,"name":"F","rate":"-1"}""", "a rate below zero")]
    [InlineData("""{"service":1,"name":"F","rate":"0.00"}""", "a rate of zero")]
    [InlineData("""{"service":1,"name":"F","rate":10000000.00000001}""", "a rate above 10000000.00")]
    [InlineData("""{"service":1,"name":"F","rate":1,"min":"few"}""", "no minimum that can be read")]
    [InlineData("""{"service":1,"name":"F","rate":1,"min":-1}""", "no minimum that can be read")]
    [InlineData("""{"service":1,"name":"F","rate":1,"max":[]}""", "no maximum that can be read")]
    [InlineData("""{"service":1,"name":"F","rate":1,"min":10,"max":9}""", "a minimum above the maximum")]
    [InlineData("""{"service":1,"name":"F","rate":1,"max":0}""", "a minimum above the maximum")]
    [InlineData("""{"service":1,"name":"F","rate":1,"min":3000000000}""", "a minimum above the maximum")]
    public void A_row_that_makes_no_sense_is_put_aside_alone(string row, string why)
    {
        var catalogue = CatalogueOf($$"""[{"service":"9","name":"Good","rate":1},{{row}},{"id":10,"name":"Good","rate":1}]""");

        Assert.Equal(["9", "10"], catalogue.Services.Select(service => service.Id));
        var unusable = Assert.Single(catalogue.Unusable);
        Assert.Equal((2, why), (unusable.Row, unusable.Why));
    }

    [Theory]
    [InlineData("""[{"service":1,"name":"F","rate":1}]""")]
    [InlineData("""{"data":[{"service":1,"name":"F","rate":1}]}""")]
    [InlineData("""{"status":"success","services":[{"service":1,"name":"F","rate":1}]}""")]
    [InlineData("""{"0":{"service":1,"name":"F","rate":1}}""")]
    [InlineData("""{"data":{"7":{"service":1,"name":"F","rate":1}}}""")]
    [InlineData("""{"status":"success","data":{"services":[{"service":1,"name":"F","rate":1}]}}""")]
    public void The_list_is_found_in_any_wrapping(string body) => Assert.Single(CatalogueOf(body).Services);

    [Theory]
    [InlineData("""{"error":"Invalid API key"}""", "Invalid API key", RejectionReason.Key)]
    [InlineData("""{"status":"success","data":"Empty Data"}""", "the answer is not a list of services", null)]
    [InlineData("{}", "the answer is not a list of services", null)]
    [InlineData("5", "the answer is not a list of services", null)]
    [InlineData("<html>", "the answer is HTML", null)]
    public void Anything_else_is_no_catalogue(string body, string reason, RejectionReason? about)
    {
        var catalogue = CatalogueReader.Read(Given.Answer(body));

        Assert.Equal((null, reason, about), (catalogue.Value, catalogue.Reason, catalogue.Objection));
    }

    [Fact]
    public void An_empty_list_is_a_catalogue() => Assert.Empty(CatalogueOf("[]").Services);

    [Fact]
    public void Texts_are_on_one_line_and_cut()
    {
        var service = ServiceOf($$"""{"service":" 7 ","name":"  a\r\nb\u0000\u2028\u202ec \t d ","rate":1,"category":"{{new string('x', 2_000)}}","description":"{{string.Concat(Enumerable.Repeat("😀", 1_500))}}"}""");

        Assert.Equal(("7", "a b c d"), (service.Id, service.Name));
        Assert.Equal(Limits.TextLength, service.Category.Length);
        Assert.Equal(Limits.TextLength, service.Description.EnumerateRunes().Count());
    }

    [Fact]
    public void Only_so_many_rows_are_read_and_it_says_so()
    {
        var rows = Enumerable.Range(1, CatalogueReader.MaxRows + 5)
            .Select(id => $$"""{"service":{{id.ToString(CultureInfo.InvariantCulture)}},"name":"F","rate":1}""");
        var catalogue = CatalogueOf($"[{string.Join(',', rows)}]");

        Assert.Equal(CatalogueReader.MaxRows, catalogue.Services.Count);
        Assert.Equal(CatalogueReader.MaxRows + 1, Assert.Single(catalogue.Unusable).Row);
    }

    private static UpstreamService ServiceOf(string row)
    {
        var catalogue = CatalogueOf($"[{row}]");
        Assert.Empty(catalogue.Unusable);
        return Assert.Single(catalogue.Services);
    }

    private static UpstreamCatalogue CatalogueOf(string body)
    {
        var catalogue = CatalogueReader.Read(Given.Answer(body));
        Assert.True(catalogue.Value is not null, catalogue.Reason);
        return catalogue.Value;
    }
}
