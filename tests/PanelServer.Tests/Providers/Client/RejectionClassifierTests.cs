using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>What the words of known panels are about.</summary>
public sealed class RejectionClassifierTests
{
    [Theory]
    [InlineData("Not enough funds on balance", RejectionReason.Funds)]
    [InlineData("neworder.error.not_enough_funds", RejectionReason.Funds)]
    [InlineData("neworder.error.insufficient_balance", RejectionReason.Funds)]
    [InlineData("Your balance is insufficient.", RejectionReason.Funds)]
    [InlineData("NOT ENOUGH BALANCE", RejectionReason.Funds)]
    [InlineData("low balance", RejectionReason.Funds)]
    [InlineData("No funds", RejectionReason.Funds)]
    [InlineData("Invalid API key", RejectionReason.Key)]
    [InlineData("invalid_api_key", RejectionReason.Key)]
    [InlineData("API key invalid", RejectionReason.Key)]
    [InlineData("Incorrect request or API key", RejectionReason.Key)]
    [InlineData("Invalid key", RejectionReason.Key)]
    [InlineData("Missing key", RejectionReason.Key)]
    [InlineData("Account suspended", RejectionReason.Account)]
    [InlineData("User not found", RejectionReason.Account)]
    [InlineData("Your account is suspended", RejectionReason.Key)]
    [InlineData("Your account is not active", RejectionReason.Key)]
    [InlineData("Your account is inactive", RejectionReason.Key)]
    [InlineData("API is Disable for this user or User Not Found!", RejectionReason.Key)]
    [InlineData("bad_auth", RejectionReason.Key)]
    [InlineData("Unauthorized", RejectionReason.Key)]
    [InlineData("Rate limit exceeded", RejectionReason.Rate)]
    [InlineData("Too many requests.", RejectionReason.Rate)]
    [InlineData("Too many failed attempts", RejectionReason.Rate)]
    [InlineData("Please try again later", RejectionReason.Rate)]
    [InlineData("Service unavailable", RejectionReason.Rate)]
    [InlineData("Incorrect service ID", RejectionReason.Service)]
    [InlineData("error.incorrect_service_id", RejectionReason.Service)]
    [InlineData("neworder.error.incorrect_service_id", RejectionReason.Service)]
    [InlineData("neworder.error.service_inactive", RejectionReason.Service)]
    [InlineData("Service not found or inactive", RejectionReason.Service)]
    [InlineData("Service ID does not exists", RejectionReason.Service)]
    [InlineData("Invalid service ID", RejectionReason.Service)]
    [InlineData("Service is disabled, try again later", RejectionReason.Service)]
    [InlineData("Incorrect link", RejectionReason.Request)]
    [InlineData("neworder.error.link", RejectionReason.Request)]
    [InlineData("Quantity less than minimal 50", RejectionReason.Request)]
    [InlineData("You have active order with this link. Please wait until order being completed.", RejectionReason.Busy)]
    [InlineData("Incorrect request", RejectionReason.Request)]
    [InlineData("Incorrect order ID", RejectionReason.Request)]
    [InlineData("The quantity must be between 10 and 1000", RejectionReason.Request)]
    [InlineData("Minimum is 100", RejectionReason.Request)]
    [InlineData("Username is required", RejectionReason.Request)]
    [InlineData("Not available for private accounts", RejectionReason.Request)]
    [InlineData("Invalid link for this service", RejectionReason.Request)]
    [InlineData("Service temporarily unavailable", RejectionReason.Rate)]
    [InlineData("", RejectionReason.Unclear)]
    public void Words_are_told_apart_by_a_table(string words, RejectionReason about)
    {
        Assert.Equal(about, RejectionClassifier.Of(PlainWords.Of(words), 200));
        Assert.Equal(RejectionReason.Rate, RejectionClassifier.Of(PlainWords.Of(words), 429));
    }

    [Fact]
    public void Words_are_told_apart_in_the_languages_of_the_market()
    {
        var wrong = SpokenRefusals.All.Concat(SpokenRefusals.More)
            .Select(one => (one.Words, one.About, Found: RejectionClassifier.Of(PlainWords.Of(one.Words), 200)))
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
    [InlineData("service-not-found", "service-not-found is not a valid link", RejectionReason.Request)]
    [InlineData("apikey", "invalid link apikey", RejectionReason.Request)]
    [InlineData("not enough balance", "Bad link: not+enough+balance", RejectionReason.Request)]
    [InlineData("not enough balance", "Bad link: not%20enough%20balance", RejectionReason.Request)]
    [InlineData("https://x.test/api-key/maintenance", "incorrect link https:\\/\\/x.test\\/api-key\\/maintenance", RejectionReason.Request)]
    [InlineData("https://x.test/internal-error", "Incorrect link: x.test/internal-error", RejectionReason.Request)]
    [InlineData("https://x.test/?q=internal&sql", "Incorrect link &quot;https://x.test/?q=internal&amp;sql&quot;", RejectionReason.Request)]
    [InlineData("https://x.test/internal?q=sql exception", "Profile is private: https://x.test/internal?q=sql exception", RejectionReason.Request)]
    [InlineData("https://x.test/?q=sql exception", "Profile is private \"HTTPS://X.TEST/?Q=SQL%20EXCEPTION\"", RejectionReason.Request)]
    [InlineData("https://x.test/a", "Profile is private: https://x.test/a/sql-exception", RejectionReason.Request)]
    [InlineData("https://x.test/low-balance", "User low-balance does not exist", RejectionReason.Account)]
    [InlineData("https://x.test/apikey-wrong/", "apikey-wrong: bad profile", RejectionReason.Request)]
    [InlineData("https://x.test/p?id=sql-exception", "No post sql-exception found, link is invalid", RejectionReason.Request)]
    [InlineData("https://x.test/service-disabled", "service-disabled? nope", RejectionReason.Unclear)]
    [InlineData("https://x.test/user/9", "User not found", RejectionReason.Account)]
    [InlineData("https://x.test/active-order", "kaput active-order", RejectionReason.Unclear)]
    [InlineData("https://x.test/apikey", "User apikey: invalid link", RejectionReason.Request)]
    [InlineData("https://x.test/maintenance", "Under maintenance", RejectionReason.Rate)]
    [InlineData("u", "Not enough funds", RejectionReason.Funds)]
    [InlineData("100", "kaput 100", RejectionReason.Unclear)]
    public void What_was_sent_is_taken_out_before_words_are_understood(string sent, string words, RejectionReason about)
    {
        var answer = new JsonResponse(200, "{}"u8.ToArray(), new SecretRedactor(Given.Key), sent: [new("link", sent), new("quantity", "100")]);

        Assert.Equal(about, answer.About(words));
    }

    [Theory]
    [InlineData("Invalid link near {0}", RejectionReason.Request)]
    [InlineData("Service not found for {0}", RejectionReason.Service)]
    [InlineData("{0} blorp is wrong", RejectionReason.Unclear)]
    [InlineData("Invalid key {0}", RejectionReason.Key)]
    public void What_stands_in_the_place_of_our_key_is_no_word(string words, RejectionReason about)
    {
        foreach (var key in new[] { Given.Key, Uri.EscapeDataString(Given.Key) })
        {
            var body = System.Text.Json.JsonSerializer.Serialize(new { error = string.Format(System.Globalization.CultureInfo.InvariantCulture, words, key) });

            Assert.Equal(about, SubmissionResponseReader.Add(Given.Answer(body)).Objection);
        }
    }

    [Fact]
    public void Each_line_of_what_was_sent_is_taken_out()
    {
        var own = new OwnTexts([new("comments", "great\nsql injection\ninternal")]);

        Assert.Equal(RejectionReason.Request, RejectionClassifier.Of(own.TakenOutOf("Comment \"sql injection\" is not allowed"), 200));
    }
}
