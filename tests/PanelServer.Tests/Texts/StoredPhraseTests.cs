using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers;
using PanelServer.Tests.Providers.Catalogue;
using PanelServer.Texts;

namespace PanelServer.Tests.Texts;

/// <summary>What an alert says is stored as data beside its English text, and can be put into each language later.</summary>
public sealed class StoredPhraseTests
{
    [Fact]
    public async Task An_alert_is_stored_with_its_code_and_arguments()
    {
        await using var selling = await SellingPanel.OpenAsync();
        await RaiseAsync(selling, new("alert.exchange", new Refusal("no_exchange", "acme", "EUR", "USD")));

        var row = selling.Read(db => db.Alerts.Single());

        Assert.Equal(
            ("alert.exchange", """[{"code":"no_exchange","args":["acme","EUR","USD"]}]"""),
            (row.Code, row.Args));
        Assert.Equal("nothing is sent to it: acme counts in EUR and this panel in USD: say what one EUR is in USD with provider edit acme --exchange RATE", row.Said);
        var phrase = PhraseJson.Read(row.Code!, row.Args!);
        Assert.Equal(row.Said, CommandLineTexts.Of(phrase));
        Assert.Equal(
            "ona hiçbir şey gönderilmiyor: acme adlı sağlayıcının para birimi EUR, bu panelinki USD: 1 EUR kaç USD eder, kuru girin",
            TurkishTexts.Of(phrase));
    }

    [Fact]
    public async Task What_changes_is_changed_in_both()
    {
        await using var selling = await SellingPanel.OpenAsync();
        await RaiseAsync(selling, new("alert.exchange", "first"));
        await RaiseAsync(selling, new("alert.exchange", "second"));

        var row = selling.Read(db => db.Alerts.Single());

        Assert.Equal(("nothing is sent to it: second", """["second"]"""), (row.Said, row.Args));
    }

    [Fact]
    public void A_phrase_comes_back_as_it_was_stored()
    {
        var phrase = new Phrase("alert.strange", "\"words\"", 7, "1, 2", new Phrase("and_before", 5), null);

        var read = PhraseJson.Read(phrase.Code, PhraseJson.ArgsOf(phrase));

        Assert.Equal(CommandLineTexts.Of(phrase), CommandLineTexts.Of(read));
        Assert.Equal(RussianTexts.Of(phrase), RussianTexts.Of(read));
    }

    private static Task RaiseAsync(SellingPanel selling, Phrase said) => selling.Panel.Writes.RunAsync(Actors.Operator, unit =>
    {
        Alerts.Raise(unit, selling.Provider, AlertKind.Exchange, "", said, 1);
        return true;
    });
}
