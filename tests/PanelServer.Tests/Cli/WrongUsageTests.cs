using PanelServer.Cli;

namespace PanelServer.Tests.Cli;

/// <summary>What was typed wrongly is named, with what was probably meant.</summary>
public sealed class WrongUsageTests : IAsyncLifetime
{
    private readonly TestPanel _panel = TestPanel.Sandbox();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("resller list", "resller", "`reseller`")]
    [InlineData("servic list", "servic", "`service`")]
    [InlineData("reseller depost alice 5", "depost", "`deposit`")]
    [InlineData("order cancle 5", "cancle", "`cancel`")]
    [InlineData("order list --limt 5", "--limt", "`--limit`")]
    [InlineData("order list --stauts=Pending", "--stauts", "`--status`")]
    [InlineData("reseller list --jsno", "--jsno", "`--json`")]
    [InlineData("service add --typ Default", "--typ", "`--type`")]
    public async Task A_mistyped_word_gets_a_suggestion(string line, string typed, string meant)
    {
        var (exit, output, error) = await _panel.TryVerbAsync(line.Split(' '));
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(typed, error, StringComparison.Ordinal);
        Assert.Contains($"did you mean {meant}?", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("quarrel list", "quarrel")]
    [InlineData("order list --wobble", "--wobble")]
    [InlineData("reseller show alice bob", "'bob'")]
    [InlineData("order show abc", "'abc'")]
    [InlineData("order list --limit many", "'many'")]
    [InlineData("order list --limit 5000", "5000")]
    [InlineData("order take 5-3", "5-3")]
    [InlineData("audit list --from yesterday", "'yesterday'")]
    [InlineData("reseller", "add, list, show")]
    [InlineData("reseller deposit alice 5", "--note")]
    public async Task What_is_wrong_is_named_and_nothing_is_guessed(string line, string named)
    {
        var (exit, _, error) = await _panel.TryVerbAsync(line.Split(' '));
        Assert.Equal(2, exit);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains("--help", error, StringComparison.Ordinal);
        Assert.DoesNotContain("did you mean", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_data_folder_without_a_name_is_none(string folder)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await Verbs.RunAsync(["reseller", "add", "bob", "--data", folder], output, error));
        Assert.Equal("--data is empty, and it takes the data folder: name one, or leave the option out", error.ToString().Trim());
        Assert.Equal("", output.ToString());
    }
}
