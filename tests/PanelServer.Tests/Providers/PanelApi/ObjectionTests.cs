using PanelServer.Domain.Providers;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Tests.Providers.PanelApi;

/// <summary>What the words of known panels are about.</summary>
public sealed class ObjectionTests
{
    [Theory]
    [InlineData("Not enough funds on balance", Objection.Funds)]
    [InlineData("neworder.error.not_enough_funds", Objection.Funds)]
    [InlineData("neworder.error.insufficient_balance", Objection.Funds)]
    [InlineData("Your balance is insufficient.", Objection.Funds)]
    [InlineData("NOT ENOUGH BALANCE", Objection.Funds)]
    [InlineData("low balance", Objection.Funds)]
    [InlineData("No funds", Objection.Funds)]
    [InlineData("Invalid API key", Objection.Key)]
    [InlineData("invalid_api_key", Objection.Key)]
    [InlineData("API key invalid", Objection.Key)]
    [InlineData("Incorrect request or API key", Objection.Key)]
    [InlineData("Invalid key", Objection.Key)]
    [InlineData("Missing key", Objection.Key)]
    [InlineData("Account suspended", Objection.Account)]
    [InlineData("User not found", Objection.Account)]
    [InlineData("Your account is suspended", Objection.Key)]
    [InlineData("Your account is not active", Objection.Key)]
    [InlineData("Your account is inactive", Objection.Key)]
    [InlineData("API is Disable for this user or User Not Found!", Objection.Key)]
    [InlineData("bad_auth", Objection.Key)]
    [InlineData("Unauthorized", Objection.Key)]
    [InlineData("Rate limit exceeded", Objection.Rate)]
    [InlineData("Too many requests.", Objection.Rate)]
    [InlineData("Too many failed attempts", Objection.Rate)]
    [InlineData("Please try again later", Objection.Rate)]
    [InlineData("Service unavailable", Objection.Rate)]
    [InlineData("Incorrect service ID", Objection.Service)]
    [InlineData("error.incorrect_service_id", Objection.Service)]
    [InlineData("neworder.error.incorrect_service_id", Objection.Service)]
    [InlineData("neworder.error.service_inactive", Objection.Service)]
    [InlineData("Service not found or inactive", Objection.Service)]
    [InlineData("Service ID does not exists", Objection.Service)]
    [InlineData("Invalid service ID", Objection.Service)]
    [InlineData("Service is disabled, try again later", Objection.Service)]
    [InlineData("Incorrect link", Objection.Request)]
    [InlineData("neworder.error.link", Objection.Request)]
    [InlineData("Quantity less than minimal 50", Objection.Request)]
    [InlineData("You have active order with this link. Please wait until order being completed.", Objection.Busy)]
    [InlineData("Incorrect request", Objection.Request)]
    [InlineData("Incorrect order ID", Objection.Request)]
    [InlineData("The quantity must be between 10 and 1000", Objection.Request)]
    [InlineData("Minimum is 100", Objection.Request)]
    [InlineData("Username is required", Objection.Request)]
    [InlineData("Not available for private accounts", Objection.Request)]
    [InlineData("Invalid link for this service", Objection.Request)]
    [InlineData("Service temporarily unavailable", Objection.Rate)]
    [InlineData("", Objection.Unclear)]
    public void Words_are_told_apart_by_a_table(string words, Objection about)
    {
        Assert.Equal(about, Objections.Of(PlainWords.Of(words), 200));
        Assert.Equal(Objection.Rate, Objections.Of(PlainWords.Of(words), 429));
    }

    [Fact]
    public void Words_are_told_apart_in_the_languages_of_the_market()
    {
        var wrong = SpokenRefusals.All.Concat(SpokenRefusals.More)
            .Select(one => (one.Words, one.About, Found: Objections.Of(PlainWords.Of(one.Words), 200)))
            .Where(one => one.About != one.Found);

        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("SALDO INSUFICIENTE", "saldo insuficiente")]
    [InlineData("Sa\u0301ldo", "saldo")]
    [InlineData("neworder.error.not_enough-funds", "neworder error not enough funds")]
    [InlineData("https:\\/\\/example.com\\/p", "https example com p")]
    [InlineData("https%3A%2F%2Fexample.com%2Fp", "https example com p")]
    [InlineData("https%253A%252F%252Fexample.com%252Fp", "https example com p")]
    [InlineData("https:&#x2F;&#x2F;example.com&amp;p", "https example com p")]
    [InlineData("\\u0068ttps://example.com/p", "https example com p")]
    [InlineData("BAKİYE ışık", "bakiye isik")]
    [InlineData("Ёлка", "елка")]
    public void Words_are_compared_in_one_form(string words, string plain) => Assert.Equal(plain, PlainWords.Of(words));

    // Whatever was sent is no word of the provider's, in whichever spelling it comes back.
    [Theory]
    [InlineData("service-not-found", "service-not-found is not a valid link", Objection.Request)]
    [InlineData("apikey", "invalid link apikey", Objection.Request)]
    [InlineData("not enough balance", "Bad link: not+enough+balance", Objection.Request)]
    [InlineData("not enough balance", "Bad link: not%20enough%20balance", Objection.Request)]
    [InlineData("https://x.test/api-key/maintenance", "incorrect link https:\\/\\/x.test\\/api-key\\/maintenance", Objection.Request)]
    [InlineData("https://x.test/internal-error", "Incorrect link: x.test/internal-error", Objection.Request)]
    [InlineData("https://x.test/?q=internal&sql", "Incorrect link &quot;https://x.test/?q=internal&amp;sql&quot;", Objection.Request)]
    [InlineData("https://x.test/internal?q=sql exception", "Profile is private: https://x.test/internal?q=sql exception", Objection.Request)]
    [InlineData("https://x.test/?q=sql exception", "Profile is private \"HTTPS://X.TEST/?Q=SQL%20EXCEPTION\"", Objection.Request)]
    [InlineData("https://x.test/a", "Profile is private: https://x.test/a/sql-exception", Objection.Request)]
    [InlineData("https://x.test/low-balance", "User low-balance does not exist", Objection.Account)]
    [InlineData("https://x.test/apikey-wrong/", "apikey-wrong: bad profile", Objection.Request)]
    [InlineData("https://x.test/p?id=sql-exception", "No post sql-exception found, link is invalid", Objection.Request)]
    [InlineData("https://x.test/service-disabled", "service-disabled? nope", Objection.Unclear)]
    [InlineData("https://x.test/user/9", "User not found", Objection.Account)]
    [InlineData("https://x.test/active-order", "kaput active-order", Objection.Unclear)]
    [InlineData("https://x.test/apikey", "User apikey: invalid link", Objection.Request)]
    [InlineData("https://x.test/maintenance", "Under maintenance", Objection.Rate)]
    [InlineData("u", "Not enough funds", Objection.Funds)]
    [InlineData("100", "kaput 100", Objection.Unclear)]
    public void What_was_sent_is_taken_out_before_words_are_understood(string sent, string words, Objection about)
    {
        var answer = new JsonAnswer(200, "{}"u8.ToArray(), new KeyMask(Given.Key), sent: [new("link", sent), new("quantity", "100")]);

        Assert.Equal(about, answer.About(words));
    }

    [Theory]
    [InlineData("Invalid link near {0}", Objection.Request)]
    [InlineData("Service not found for {0}", Objection.Service)]
    [InlineData("{0} blorp is wrong", Objection.Unclear)]
    [InlineData("Invalid key {0}", Objection.Key)]
    public void What_stands_in_the_place_of_our_key_is_no_word(string words, Objection about)
    {
        foreach (var key in new[] { Given.Key, Uri.EscapeDataString(Given.Key) })
        {
            var body = System.Text.Json.JsonSerializer.Serialize(new { error = string.Format(System.Globalization.CultureInfo.InvariantCulture, words, key) });

            Assert.Equal(about, ChangeReader.Add(Given.Answer(body)).Objection);
        }
    }

    [Fact]
    public void Each_line_of_what_was_sent_is_taken_out()
    {
        var own = new OwnTexts([new("comments", "great\nsql injection\ninternal")]);

        Assert.Equal(Objection.Request, Objections.Of(own.TakenOutOf("Comment \"sql injection\" is not allowed"), 200));
    }
}
