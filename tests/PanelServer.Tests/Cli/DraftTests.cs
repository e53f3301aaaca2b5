using PanelServer.Domain;

namespace PanelServer.Tests.Cli;

/// <summary>What is said of drafts that an operator has typed wrongly: one line that names the thing, the value and what it takes.</summary>
public sealed class DraftTests
{
    [Fact]
    public async Task A_wrong_draft_is_refused_with_what_it_takes_and_changes_nothing()
    {
        await using var panel = TestPanel.Live();
        await panel.VerbAsync("reseller", "add", "alice", "--balance", "5");
        await panel.VerbAsync(Provider("acme", "--no-check"));
        var before = await panel.VerbAsync("audit", "list", "--json");

        (string[] Verb, string Line)[] wrong =
        [
            (["reseller", "add", "two words"], $"'two words' is no reseller's name: that is one word of 1 to {Limits.NameLength} characters that does not begin with a dash"),
            (["reseller", "deposit", "alice", "1", "--note", " "], $"--note is one line of 1 to {Limits.TextLength} characters"),
            (["reseller", "deposit", "alice", "1", "--note", "n", "--reference", "\u200B"], $"--reference is one line of 1 to {Limits.TextLength} characters that can be seen"),
            (["provider", "edit", "acme", "--url", "ftp://u:secret@panel.example"], "--url panel.example is not an http or https address without a user name and #, such as https://panel.example/api/v2"),
            (["provider", "edit", "acme", "--key", "a b"], "--key is 1 to 500 printable characters without blanks"),
            (["provider", "edit", "acme", "--exchange", "much"], "--exchange much is no rate: what one unit of the provider's currency is in the panel's, such as 0.027"),
            (["provider", "edit", "acme", "--low-balance", "few"], "--low-balance few is no amount, such as 50"),
            (["provider", "edit", "acme", "--concurrency", "0"], "--concurrency 0 is not 1 to 256"),
            (["provider", "edit", "acme", "--per-second", "10001"], "--per-second 10001 is not 1 to 10000"),

            // Of a provider only what is wrong first is said; of a service everything.
            (["provider", "edit", "acme", "--concurrency", "0", "--per-second", "0"], "--concurrency 0 is not 1 to 256"),
            (["service", "add", "--type", "Default", "--category", "c", "--name", "n", "--rate", "x", "--min", "0", "--max", "9"], $"rate x is not a price: 0 to {Rate.Max}, at most {Rate.Decimals} decimals; min 0 is below 1"),
            (["provider", "markup", "acme", "--category", "a\u202Eb", "--percent", "5%"], $"a category is one line of 1 to {Limits.TextLength} characters"),
        ];

        foreach (var (verb, line) in wrong)
        {
            var (exit, output, error) = await panel.TryVerbAsync(verb);
            Assert.True(exit == 1 && output.Length == 0, $"{string.Join(' ', verb)}: {exit}, {output}");
            Assert.StartsWith(line, error, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error);
            Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        }

        Assert.Equal(before, await panel.VerbAsync("audit", "list", "--json"));
    }

    private static string[] Provider(string name, params string[] more) =>
        ["provider", "add", name, "--url", "https://panel.example/api/v2", "--key", "k", .. more];
}
