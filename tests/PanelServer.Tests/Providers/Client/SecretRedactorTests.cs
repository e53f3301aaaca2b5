using System.Globalization;
using System.Net;
using System.Text;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>A key is taken out of whatever a provider says, however it spells it, and nothing else is.</summary>
public sealed class SecretRedactorTests
{
    private const string Key = "sk-OUR/own+K&y=\"7'<é>";

    public static TheoryData<string> Keys => [Key, "0123456789abcdef0123456789abcdef", "sk-OUR-OWN-KEY", "98765432101", "aB3$x9-Z", new('k', 128)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Each_spelling_of_a_key_is_blotted(string key)
    {
        var mask = new SecretRedactor(key);
        var bytes = Encoding.UTF8.GetBytes(key);
        string[] spellings =
        [
            key,
            key.ToUpperInvariant(),
            key.ToLowerInvariant(),
            .. key.All(char.IsAscii) ? (string[])[Uri.EscapeDataString(key), Uri.EscapeDataString(Uri.EscapeDataString(key)), Each(key, "%{0:x2}"), Each(key, "%25{0:X2}"), Each(key, "\\x{0:x2}")] : [],
            WebUtility.HtmlEncode(key),
            WebUtility.HtmlEncode(WebUtility.HtmlEncode(key)),
            Each(key, "&#{0};"),
            Each(key, "&#x{0:X};"),
            Each(key, "\\u{0:x4}"),
            Each(key, "\\\\u{0:X4}"),
            key.Replace("/", "\\/", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
            Convert.ToHexString(bytes),
        ];
        foreach (var spelling in spellings)
        {
            Assert.Equal("before [key] after", mask.Redact($"before {spelling} after"));
        }

        // Somebody else's bytes before and behind it move the digits of base64: some of them stay, and not the key's.
        foreach (var before in new[] { "", "a", "me", "user:" })
        {
            var told = Convert.ToBase64String([.. Encoding.UTF8.GetBytes(before), .. bytes, .. ":x"u8]);
            foreach (var digits in new[] { told, told.Replace('+', '-').Replace('/', '_'), told.Replace("+", "%2B", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal) })
            {
                Assert.Contains("[key]", mask.Redact($"Basic {digits}!"), StringComparison.Ordinal);
                Assert.True(mask.Redact(digits).Length <= digits.Length - (bytes.Length * 4 / 3) + 10, mask.Redact(digits));
            }
        }
    }

    [Theory]
    [InlineData("key", "the key is wrong", "the key is wrong")]
    [InlineData("1", "order 1 of 11", "order 1 of 11")]
    [InlineData("1234567", "order 1234567", "order 1234567")]
    [InlineData("abcd5", "abcd5 is no key, xabcd5 is another", "[key] is no key, xabcd5 is another")]
    [InlineData("12345678", "order 12345678, not 123456789", "order [key], not 123456789")]
    public void A_short_key_spoils_no_other_words(string key, string said, string shown) => Assert.Equal(shown, new SecretRedactor(key).Redact(said));

    [Theory]
    [InlineData("""{"order":"@"}""")]
    [InlineData("""{"order":"x@x"}""")]
    [InlineData("""[{"service":"@","name":"@","category":"@","rate":"1","type":"Default","min":1,"max":10}]""")]
    [InlineData("""{"1":{"status":"@","currency":"@","error":"@"} }""")]
    [InlineData("""{"@":{"status":"Completed"} }""")]
    [InlineData("""{"balance":"5","currency":"@"}""")]
    public void Nothing_that_is_read_from_an_answer_holds_the_key(string body)
    {
        foreach (var spelling in new[] { "sk-OUR-OWN-KEY", "SK-our-own-key", Each("sk-OUR-OWN-KEY", "\\u{0:x4}"), Each("sk-OUR-OWN-KEY", "&#{0};") })
        {
            var answer = new JsonResponse(200, Encoding.UTF8.GetBytes(body.Replace("@", spelling, StringComparison.Ordinal)), new SecretRedactor("sk-OUR-OWN-KEY"));

            Assert.DoesNotContain("own", answer.Json!.Value.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.Null(SubmissionResponseReader.Add(answer).UpstreamId);
            Assert.Empty(CatalogueReader.Read(answer).Value?.Services ?? []);
        }
    }

    [Fact]
    public void A_number_that_is_the_key_becomes_a_text()
    {
        var answer = new JsonResponse(200, """{"order":98765432101,"charge":1}"""u8.ToArray(), new SecretRedactor("98765432101"));

        Assert.Equal("""{"order":"[key]","charge":1}""", answer.Json!.Value.GetRawText());
    }

    [Fact]
    public void A_body_of_beginnings_of_keys_takes_no_longer_than_its_length()
    {
        const int Many = 2_000_000;
        var body = new string('\\', Many) + new string('k', Many) + string.Concat(Enumerable.Repeat("&amp;", Many / 5));

        Assert.DoesNotContain("[key]", new SecretRedactor(new string('k', 64) + "!").Redact(body), StringComparison.Ordinal);
    }

    private static string Each(string key, string format) =>
        string.Concat(key.Select(letter => string.Format(CultureInfo.InvariantCulture, format, (int)letter)));
}
