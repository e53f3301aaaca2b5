namespace PanelServer.Tests.Processes;

/// <summary>What one run of the program ended with.</summary>
internal sealed record VerbResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>The verb must have done its work.</summary>
    public VerbResult Done()
    {
        Assert.True(ExitCode == 0, ToString());
        return this;
    }

    /// <summary>The verb must have refused with one clear line on the error stream that says all of these words.</summary>
    public VerbResult Refused(params string[] words) => Ended(1, words);

    public VerbResult WrongUsage() => Ended(2, []);

    private VerbResult Ended(int exitCode, string[] words)
    {
        Assert.True(ExitCode == exitCode, $"expected exit {exitCode}: {this}");
        Assert.False(string.IsNullOrWhiteSpace(Errors), $"nothing on the error stream: {this}");
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", Errors, StringComparison.Ordinal);
        if (exitCode == 1)
        {
            Assert.True(ErrorLines.Length == 1, $"not one line on the error stream: {this}");
        }

        Assert.All(words, word => Assert.Contains(word, Errors, StringComparison.OrdinalIgnoreCase));
        return this;
    }

    private string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"{Command}\nexit {ExitCode}\nstdout: {Output}\nstderr: {Errors}";
}
