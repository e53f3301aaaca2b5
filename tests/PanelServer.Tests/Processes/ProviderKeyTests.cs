using System.Text;
using PanelServer.Tests.Providers;

namespace PanelServer.Tests.Processes;

/// <summary>The key that a provider has given us is stored encrypted and stands nowhere else, even if the provider repeats it.</summary>
[Trait("Category", "Process")]
public sealed class ProviderKeyTests
{
    [Fact]
    public async Task A_providers_key_stands_in_no_output_log_file_evidence_or_audit()
    {
        await using var evil = await EvilPanel.StartAsync();
        using var folder = new PanelFolder();
        var said = new StringBuilder();
        await using var server = await folder.ServeAsync([.. PanelFixture.NoLimits, ("PANEL__Log__Level", "Trace")]);
        await SayAsync("service", "add", "--type", "Default", "--category", "c", "--name", "n", "--rate", "2", "--min", "50", "--max", "1000");

        // Refused in one line each, whatever was wrong with the key.
        var url = evil.Address.ToString();
        Refused(await folder.RunAsync("provider", "add", "up", "--url", url, "--key", "nobody-knows-this-key", "--internal"), "does not answer to action=balance", "nobody-knows-this-key");
        Refused(await folder.RunAsync("provider", "add", "up", "--url", url, "--key", "two words", "--internal"), "printable characters", "two words");
        Refused(await folder.RunAsync("provider", "add", "up", "--url", url, "--key", EvilPanel.Key), "does not answer to action=balance", EvilPanel.Key);
        Refused(await folder.RunAsync("provider", "add", "up", "--url", url, "--internal"), "--key", EvilPanel.Key);
        evil.Spoil("balance", EvilFault.Says($$"""{"error":"Your key {{EvilPanel.Key}} is blocked"}"""));
        Refused(await folder.RunAsync("provider", "add", "up", "--url", url, "--key", EvilPanel.Key, "--internal"), "Your key [key] is blocked", EvilPanel.Key);

        await SayAsync("provider", "add", "up", "--url", url, "--key", EvilPanel.Key, "--internal");
        await SayAsync("route", "add", "1", "up", "1");
        var reseller = await folder.ResellerAsync("acme", "100");
        using var caller = server.Caller(reseller);
        string[] answers =
        [
            $$"""{"order":5,"error":"{{EvilPanel.Key}} says yes and no"}""",
            $"<html>key={EvilPanel.Key}</html>",
            $$"""{"error":"Wrong link for {{EvilPanel.Key}}"}""",
            $$"""{"order":"{{EvilPanel.Key}} {{EvilPanel.Key}}"}""",
        ];
        foreach (var answer in answers)
        {
            evil.Spoil("add", EvilFault.Says(answer));
        }

        for (var order = 1; order <= answers.Length; order++)
        {
            (await caller.AskAsync("add", ("service", "1"), ("link", $"https://example.com/{order}"), ("quantity", "100"))).Accepted();
            await SayAsync("provider", "poll", "up");
        }

        await SayAsync("provider", "edit", "up", "--key", EvilPanel.Key, "--concurrency", "2");
        string[][] verbs = [["provider", "list"], ["provider", "show", "up"], ["review", "list"], ["task", "list"], ["route", "list"], ["check"]];
        foreach (var verb in verbs.Concat(Enumerable.Range(1, answers.Length).SelectMany(order => new string[][] { ["order", "show", $"{order}"], ["review", "show", $"{order}"] })))
        {
            await SayAsync(verb);
            await SayAsync([.. verb, "--json"]);
        }

        var database = new PanelDatabase(folder.Database);
        Assert.NotEmpty(Books.Rows(database, "SELECT detail FROM audit WHERE detail LIKE '%a key%'"));
        Assert.Contains("[key]", string.Join(' ', Books.Rows(database, "SELECT answer FROM sendings")), StringComparison.Ordinal);
        Nowhere(said.ToString());
        Assert.All(FilesOf(folder), Nowhere);
        (await server.StopAsync()).Done();
        Nowhere(server.Output + server.Errors);
        Assert.All(FilesOf(folder), Nowhere);
        await folder.VerifyAsync();

        async Task SayAsync(params string[] verb)
        {
            var result = await folder.RunAsync(verb);
            said.Append(result.Output).Append(result.Errors);
        }
    }

    [Fact]
    public async Task A_sandbox_takes_no_real_provider()
    {
        await using var sandbox = TestPanel.Sandbox();

        var (exit, _, error) = await sandbox.TryVerbAsync("provider", "add", "up", "--url", "http://127.0.0.1:9/api/v2", "--key", "k", "--no-check");

        Assert.Equal((1, "a sandbox has no real providers: its own is simulated"), (exit, error));
        Assert.Equal("0", Books.Rows(sandbox, "SELECT COUNT(*) FROM providers").Single());
    }

    private static void Refused(VerbResult result, string why, string key)
    {
        result.Refused(why);
        Assert.DoesNotContain(key, result.Output + result.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> FilesOf(PanelFolder folder) => Directory
        .EnumerateFiles(folder.Data, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is not (".sock" or ".lock"))
        .Select(file =>
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(open, Encoding.Latin1);
            return text.ReadToEnd();
        });

    private static void Nowhere(string text) => Assert.False(text.Contains(EvilPanel.Key, StringComparison.Ordinal), "the key stands there");
}
