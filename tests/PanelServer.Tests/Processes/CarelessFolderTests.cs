using System.Runtime.Versioning;
using PanelServer.Cli;
using PanelServer.Data;

namespace PanelServer.Tests.Processes;

/// <summary>A verb that is typed carelessly makes nothing, and says what is wrong with the folder.</summary>
[Trait("Category", "Process")]
public sealed class CarelessFolderTests : IDisposable
{
    private readonly PanelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_verb_help_says_how_to_start()
    {
        var help = (await PanelProcess.RunAsync([])).Done().Output;
        Assert.Contains("panelserver serve --data", help, StringComparison.Ordinal);
        Assert.Contains("panelserver serve --sandbox", help, StringComparison.Ordinal);
        (await PanelProcess.RunAsync(["--data", _folder.Data])).WrongUsage();
        Assert.Empty(Entries());
    }

    [Theory]
    [InlineData("reseller add alice --balance ten")]
    [InlineData("reseller add two\twords")]
    [InlineData("service add --type Nonsense --category c --name n --rate 1 --min 1 --max 2")]
    [InlineData("service import no-such-file.json")]
    [InlineData("provider add acme --url not-a-url --key k")]
    [InlineData("reseller deposit alice 5 --note x")]
    [InlineData("verify")]
    [InlineData("restore no-such-file")]
    [InlineData("serve --urls http://192.0.2.1:9")]
    [InlineData("serve --urls https://127.0.0.1:9")]
    public async Task A_refused_verb_leaves_no_folder(string verb)
    {
        var refused = await _folder.RunOnAsync(Path.Combine(_folder.Data, "deep", "down"), verb.Split(' '));
        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task A_refused_verb_leaves_the_folder_that_was_there_as_it_was()
    {
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "appsettings.json"), "{}");
        (await _folder.RunAsync("reseller", "add", "alice", "--balance", "ten")).Refused("ten");
        Assert.Equal(["appsettings.json", "data"], Entries().Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("reseller add alice")]
    [InlineData("service import list.json")]
    [InlineData("provider add acme --url http://127.0.0.1:9/ --key k --internal --no-check")]
    [InlineData("reseller list")]
    public async Task A_verb_without_data_makes_no_panel(string verb)
    {
        (await PanelProcess.RunAsync(verb.Split(' '))).Refused("--data");
        (await PanelProcess.RunAsync(verb.Split(' '), (VerbCall.DataVariable, _folder.Data))).Refused(_folder.Data);
        Assert.False(Directory.Exists(Path.Combine(Environment.CurrentDirectory, "data")));
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task The_environment_names_the_folder_for_every_verb()
    {
        await _folder.DoAsync("reseller", "add", "alice");
        var (alone, set) = (await PanelProcess.RunAsync(["reseller", "list"]), (VerbCall.DataVariable, _folder.Data));
        alone.Refused("--data");
        Assert.Contains("alice", (await PanelProcess.RunAsync(["reseller", "list"], set)).Done().Output, StringComparison.Ordinal);
        await using var server = await PanelProcess.StartAsync(["serve", "--urls", "http://127.0.0.1:0"], set);
        (await PanelProcess.RunAsync(["reseller", "add", "bob"], set)).Done();
        Assert.Contains("bob", await _folder.DoAsync("reseller", "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("reseller list")]
    [InlineData("reseller add alice")]
    public async Task A_sandbox_that_is_given_to_a_verb_of_a_panel_is_named(string verb)
    {
        Directory.CreateDirectory(_folder.Data);
        var file = Path.Combine(_folder.Data, "sandbox.db");
        await File.WriteAllTextAsync(file, "");
        var said = (await _folder.RunOnAsync(file, verb.Split(' '))).Refused(file);
        Assert.Contains($"panelserver serve --sandbox --data {_folder.Data}", said.Errors, StringComparison.Ordinal);
        if (verb != "serve")
        {
            said = (await _folder.RunAsync(verb.Split(' '))).Refused(_folder.Data);
            Assert.Contains($"panelserver serve --sandbox --data {_folder.Data}", said.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("reseller", "list")]
    [InlineData("reseller", "add", "bob")]
    public async Task A_verb_waits_for_whoever_has_the_folder_and_says_so(params string[] verb)
    {
        await _folder.DoAsync("reseller", "add", "alice");
        var held = FolderLock.TryTake(_folder.Data)!;
        if (verb is ["reseller", "list"])
        {
            File.Move(_folder.Database, _folder.File("away"));
        }

        // Goes on as soon as it says that it waits.
        using var error = new Heard(() =>
        {
            if (!File.Exists(_folder.Database))
            {
                File.Move(_folder.File("away"), _folder.Database);
            }

            held.Dispose();
        });
        using var output = new StringWriter();
        Assert.Equal(0, await Verbs.RunAsync([.. verb, "--data", _folder.Data], output, error));
        Assert.Contains(_folder.Data, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_starts_waits_for_a_verb_that_has_the_folder()
    {
        await _folder.DoAsync("reseller", "add", "alice");
        var held = FolderLock.TryTake(_folder.Data)!;
        using var stop = new CancellationTokenSource();
        using var error = new Heard(held.Dispose);
        using var output = new Heard(stop.Cancel);
        Assert.Equal(0, await Verbs.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--data", _folder.Data], output, error, stop.Token));
        Assert.Contains(_folder.Data, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("listening on", output.ToString(), StringComparison.Ordinal);
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_panel_of_another_user_cannot_be_read()
    {
        await _folder.DoAsync("reseller", "add", "alice");
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_folder.Data, UnixFileMode.None);
        string[][] verbs = [["reseller", "list"], ["verify"], ["backup", _folder.File("b")], ["reseller", "deposit", "alice", "5", "--note", "x"]];
        foreach (var verb in verbs)
        {
            var said = (await PanelProcess.RunAsync([.. verb, "--data", _folder.Data], UnprivilegedFactAttribute.Settings)).Refused(_folder.Database);
            Assert.Contains("cannot be read", said.Errors, StringComparison.Ordinal);
        }

        var check = await PanelProcess.RunAsync(["check", "--data", _folder.Data], UnprivilegedFactAttribute.Settings);
        Assert.Contains("cannot be read", check.Output, StringComparison.Ordinal);
        Assert.Equal(1, check.ExitCode);
        File.SetUnixFileMode(_folder.Data, Owner);
    }

    private List<string> Entries() => [.. Directory.EnumerateFileSystemEntries(_folder.Root, "*", SearchOption.AllDirectories)];

    /// <summary>Does something as soon as a line is said.</summary>
    private sealed class Heard(Action heard) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            heard();
        }
    }
}
