using System.Text.Json;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.ResellerApi;

/// <summary>Characters that turn or hide text come in by no door, and nothing that is printed holds one (docs/contract.md, "Service types").</summary>
public sealed class HiddenTextTests : IAsyncDisposable
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    /// <summary>One of each kind.</summary>
    public static TheoryData<string> Hidden =>
        ["\u202e", "\u2066", "\u200e", "\u061c", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u2028", "\u0007", "\u001b", "\t", "\U000e0041", "\ufff9"];

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task No_field_of_an_order_holds_one(string hidden)
    {
        Assert.Equal("""{"error":"Incorrect link"}""", await AddAsync(1, ("link", $"https://example.com/a{hidden}b"), ("quantity", "100")));
        Assert.Equal("""{"error":"Incorrect link"}""", await AddAsync(1, ("link", $"al{hidden}ice"), ("quantity", "100")));
        Assert.Equal("""{"error":"Incorrect username"}""", await AddAsync(4, ("username", $"al{hidden}ice"), ("min", "20"), ("max", "50")));
        Assert.Equal("""{"error":"Incorrect comments"}""", await AddAsync(2, ("link", "l"), ("comments", $"good\nni{hidden}ce")));
        Assert.Equal(
            """{"error":"Incorrect request_id"}""",
            await AddAsync(1, ("link", "l"), ("quantity", "100"), ("request_id", $"a{hidden}b")));
    }

    [Fact]
    public async Task Comments_hold_the_joiners_that_emoji_and_scripts_need()
    {
        var comments = "❤️ love\n👩‍👩‍👧\nمی‌خواهم\n1️⃣\nx\u200cy\u200dz\ufe0f\none\ntwo\nthree\nfour\nfive";
        Assert.Equal("""{"order":23501}""", await AddAsync(2, ("link", "l"), ("comments", comments)));
        Assert.Equal("""{"error":"Incorrect link"}""", await AddAsync(1, ("link", "x\u200cy"), ("quantity", "100")));
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task No_name_or_note_of_an_operator_holds_one(string hidden)
    {
        var text = $"a{hidden}b";
        foreach (var verb in (string[][])
        [
            ["reseller", "add", text],
            ["reseller", "deposit", "demo", "5", "--note", text],
            ["reseller", "deposit", "demo", "5", "--note", "n", "--reference", text],
            ["service", "edit", "1", "--name", text],
            ["service", "edit", "1", "--category", text],
            ["service", "edit", "1", "--description", text],
            ["review", "close", "1", "--note", text],
        ])
        {
            // In a reference a tab is a blank like any other, and is kept as one.
            if (hidden == "\t" && verb.Contains("--reference"))
            {
                continue;
            }

            var (exit, output, error) = await _panel.TryVerbAsync(verb);
            Assert.True(exit == 1, $"{string.Join(' ', verb)}: {output}");

            // A tab does nothing to a terminal: of what is printed it is a part.
            Assert.True(hidden == "\t" || !error.Contains(hidden, StringComparison.Ordinal), error);
        }
    }

    [Fact]
    public async Task A_refusal_names_the_character()
    {
        var (_, _, error) = await _panel.TryVerbAsync("service", "edit", "1", "--name", "Foll\u200bowers");
        Assert.EndsWith("; it holds U+200B, which turns or hides text", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emoji_stay_in_names() =>
        Assert.Contains("❤️ Likes 1️⃣ 👩‍👩‍👧", await _panel.VerbAsync("service", "edit", "1", "--name", "❤️ Likes 1️⃣ 👩‍👩‍👧"), StringComparison.Ordinal);

    [Fact]
    public async Task What_is_stored_already_is_printed_without_effect()
    {
        await _panel.OrderAsync();
        const string Evil = "evil\u001b[2J\u202etxt\u200b";
        _panel.Tamper(
            $"""
             UPDATE services SET name = '{Evil}', category = 'two' || char(10) || 'lines' || char(13) WHERE id = 1;
             UPDATE orders SET link = '{Evil}' WHERE id = 23501;
             UPDATE resellers SET name = '{Evil}' WHERE id = 1;
             INSERT INTO reviews (id, order_id, said, opened_at) VALUES (1, 23501, '{Evil}', 0);
             """);
        foreach (var verb in (string[][])
        [
            ["service", "list"], ["order", "list"], ["order", "show", "23501"], ["reseller", "list"], ["task", "list"],
            ["review", "list"], [Evil],
        ])
        {
            var (_, output, error) = await _panel.TryVerbAsync(verb);
            var all = output + error;
            Assert.Contains(@"evil\u001b[2J\u202etxt\u200b", all, StringComparison.Ordinal);
            Assert.DoesNotContain(all, letter => letter is '\u001b' or '\u202e' or '\u200b' or '\r');
        }

        Assert.Contains(@"two\nlines\r", await _panel.VerbAsync("service", "list"), StringComparison.Ordinal);
        var json = await _panel.VerbAsync("order", "list", "--json");
        Assert.DoesNotContain(json, letter => letter is '\u001b' or '\u202e' or '\u200b');
        Assert.Equal(Evil, JsonDocument.Parse(json).RootElement[0].GetProperty("link").GetString());
    }

    [Theory]
    [InlineData("Foll\u200bowers", "Followers")]
    [InlineData("\ufeffLikes\u00ad", "Likes")]
    [InlineData("a\u202eb\u2028c", "a b c")]
    [InlineData("❤️ Likes 👩‍👩‍👧 می‌خواهم", "❤️ Likes 👩‍👩‍👧 می‌خواهم")]
    [InlineData("Li\ufe0fkes\u200d \U000e0041x", "Likes x")]
    public void What_a_provider_wrote_is_cleaned(string theirs, string ours) => Assert.Equal(ours, TextSanitizer.Line(theirs, 100));

    private Task<string> AddAsync(int service, params (string Name, string Value)[] fields) =>
        _panel.DemoAsync([("action", "add"), ("service", $"{service}"), .. fields]);
}
