using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Catalogue;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Texts;

namespace PanelServer.Tests.Providers.Client;

/// <summary>A bad character in a catalogue takes no row with it: it is replaced, and its row is named.</summary>
public sealed class BrokenTextTests
{
    [Theory]
    [InlineData("Likes \\ud83d", "Likes \ufffd")]
    [InlineData("Likes \\udd25!", "Likes \ufffd!")]
    [InlineData("\\ud83dLikes \\ud83d\\ud83d\\udd25", "\ufffdLikes \ufffd🔥")]
    [InlineData("Li\tkes", "Li kes")]
    [InlineData("Li\r\nkes", "Li kes")]
    [InlineData("a \\\" b \\\\ \\ud83d \\\\ud83d", "a \" b \\ \ufffd \\ud83d")]
    public void What_is_wrong_inside_a_text_is_replaced(string written, string name) => Both(
        Encoding.UTF8.GetBytes($$"""[{"service":1,"name":"{{written}}","rate":"1"},{"service":2,"name":"Views 🔥 \ud83d\udd25","rate":"1"}]"""), name);

    [Theory]
    [InlineData(new byte[] { 0xFF }, "Likes \ufffd")]
    [InlineData(new byte[] { 0xE9 }, "Likes \ufffd")]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x94 }, "Likes \ufffd")]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD }, "Likes \ufffd\ufffd\ufffd")]
    public void Bytes_that_are_no_text_are_replaced(byte[] bytes, string name) => Both(
        [.. "[{\"service\":1,\"name\":\"Likes "u8, .. bytes, .. "\",\"rate\":\"1\"},{\"service\":2,\"name\":\"Views 🔥 🔥\",\"rate\":\"1\"}]"u8], name);

    [Theory]
    [InlineData("[{\"service\":1,\"name\":\"Likes \\ud83d\"")]
    [InlineData("[{\"service\":1,\"name\":\"Likes \\ud83d")]
    [InlineData("[\t{\"service\":1\u0001}]")]
    [InlineData("[{\"service\":1,\"name\":\"\\x \\ud83d\"}]")]
    public void What_is_broken_elsewhere_stays_broken(string body) => Assert.Null(CatalogueReader.Read(Given.Answer(body)).Value);

    [Fact]
    public void An_answer_about_an_order_is_not_mended() =>
        Assert.Null(Given.Answer("{\"order\":7,\"note\":\"\\ud83d\"}").Json);

    [Fact]
    public void Only_what_is_wrong_is_touched() => Properties.Hold(Prop.ForAll<NonNull<string>>(text =>
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new[] { text.Get.Replace('\ud83d', 'x'), "end" });
        var (mended, places) = BrokenText.Mend(json);
        return places.Count == 0 && mended.AsSpan().SequenceEqual(json);
    }), tries: 100);

    [Theory]
    [InlineData("Likes &amp; Views &#128293;", "Likes & Views 🔥")]
    [InlineData("Likes &amp;amp; Views", "Likes & Views")]
    [InlineData("&quot;Best&quot;&nbsp;&#8238;&lt;b&gt;", "\"Best\" <b>")]
    [InlineData("A & B &unknown; &", "A & B &unknown; &")]
    public void Entities_in_names_and_categories_are_what_they_stand_for(string written, string name)
    {
        var service = Assert.Single(CatalogueReader.Read(Given.Answer(
            $$"""[{"service":1,"name":"{{written}}","category":"{{written}}","desc":"&amp;","rate":"1"}]""")).Value!.Services);

        Assert.Equal((name, name, "&amp;"), (service.Name, service.Category, service.Description));
    }

    [Fact]
    public void Our_key_is_blotted_wherever_a_catalogue_repeats_it()
    {
        var catalogue = CatalogueReader.Read(Given.Answer($$"""
            [{"service":1,"name":"x {{Given.Key}}","category":"{{Given.Key}}","type":"{{Given.Key}}","desc":"{{Given.Key}}","rate":"1"},
             {"service":"{{Given.Key[8..]}}","name":"F","rate":"1"},{"service":"y","name":"{{Given.Key}}","rate":"no"}]
            """)).Value!;

        Assert.DoesNotContain(Given.Key, string.Join('|', catalogue.Services) + string.Join('|', catalogue.Unusable), StringComparison.Ordinal);
        Assert.Equal("x [key]", catalogue.Services[0].Name);
    }

    [Fact]
    public async Task A_type_that_is_missing_is_asked_for_and_given_by_a_word()
    {
        await using var panel = await Providers.Catalogue.SellingPanel.OpenAsync();
        var theirs = CatalogueReader.Read(Given.Answer("""[{"service":1,"name":"A","category":"C","rate":"0,500","min":"1","max":"10"}]""")).Value!;

        var refused = await panel.ImportAsync(theirs);
        Assert.Equal("it names no type; --type gives one, such as --type Default", CommandLineTexts.Of(Assert.Single(refused.Skipped).Why));

        await panel.ImportAsync(theirs, new ImportSelection { Type = ServiceType.Default });
        Assert.Equal(("0.50", ServiceType.Default), ($"{panel.Service(1).Rate}", panel.Service(1).Type));
        Assert.Empty(await panel.SyncAsync(theirs));
        Assert.Null(panel.Route(1).Locked);
    }

    private static void Both(byte[] body, string name)
    {
        var catalogue = CatalogueReader.Read(Given.Answer(body)).Value!;

        Assert.Equal([name, "Views 🔥 🔥"], catalogue.Services.Select(service => service.Name));
        Assert.Equal((1, "1", name), Assert.Single(catalogue.Mended) is var row ? (row.Row, row.Id, row.Name) : default);
        Assert.Empty(catalogue.Unusable);
    }
}
