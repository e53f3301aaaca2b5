using System.Diagnostics;
using System.Text.RegularExpressions;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.OpenApi;

/// <summary>
/// Runs the programs that the page for integrators prints, each against a sandbox of its own: a block fenced as
/// <c>python runnable</c> must write what the <c>text</c> block behind it shows.
/// </summary>
[Trait("Category", "Process")]
public sealed partial class DocumentedProgramsTests
{
    private const string Page = "docs/integrating.md";

    [RunBy("dotnet")]
    public Task In_csharp() => EachWritesWhatIsPrintedAsync("csharp", "program.cs", "dotnet", "run", "program.cs");

    [RunBy("php")]
    public Task In_php() => EachWritesWhatIsPrintedAsync("php", "program.php", "php", "program.php");

    [RunBy("python3")]
    public Task In_python() => EachWritesWhatIsPrintedAsync("python", "program.py", "python3", "program.py");

    [RunBy("node")]
    public Task In_javascript() => EachWritesWhatIsPrintedAsync("js", "program.mjs", "node", "program.mjs");

    [Fact]
    public void What_is_printed_of_a_sample_stands_in_it()
    {
        var excerpts = Excerpt().Matches(File.ReadAllText(Repository.PathOf(Page)));

        Assert.NotEmpty(excerpts);
        Assert.All(excerpts, excerpt => Assert.Contains(
            Trimmed(excerpt.Groups["program"].Value),
            Trimmed(File.ReadAllText(Repository.PathOf(excerpt.Groups["file"].Value))),
            StringComparison.Ordinal));
    }

    [Fact]
    public void No_program_is_printed_that_is_not_run() => Assert.Empty(Unrun().Matches(File.ReadAllText(Repository.PathOf(Page))));

    private static async Task EachWritesWhatIsPrintedAsync(string language, string file, params string[] command)
    {
        var programs = Runnable().Matches(await File.ReadAllTextAsync(Repository.PathOf(Page)))
            .Where(block => block.Groups["language"].Value == language)
            .ToList();
        Assert.NotEmpty(programs);
        foreach (var program in programs)
        {
            var folder = Directory.CreateTempSubdirectory("program-").FullName;
            await using var server = await PanelProcess.StartAsync(["serve", "--sandbox", "--urls", "http://127.0.0.1:0"]);
            await File.WriteAllTextAsync(
                Path.Combine(folder, file),
                program.Groups["program"].Value.Replace("http://127.0.0.1:5080", server.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal));

            Assert.Equal(Trimmed(program.Groups["output"].Value), Trimmed(await RunAsync(folder, command)));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using var program = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience.Longest);
        using var killed = deadline.Token.Register(() => program.Kill(entireProcessTree: true));
        var output = program.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = program.StandardError.ReadToEndAsync(CancellationToken.None);
        await program.WaitForExitAsync(CancellationToken.None);

        Assert.True(program.ExitCode == 0, $"{string.Join(' ', command)} ended with {program.ExitCode}: {await output}{await error}");
        return await output;
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries)).Trim();

    [GeneratedRegex(@"^```(?<language>csharp|php|python|js) runnable\n(?<program>.*?)\n```$\n+```text\n(?<output>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Runnable();

    // The samples are run by their own tests.
    [GeneratedRegex(@"^```csharp from (?<file>samples/\S+)\n(?<program>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Excerpt();

    [GeneratedRegex(@"^```(csharp|php|python|js)$", RegexOptions.Multiline)]
    private static partial Regex Unrun();

    /// <summary>A test that needs a language's own program: skipped where that is not there, but never where a change is judged.</summary>
    private sealed class RunByAttribute : FactAttribute
    {
        public RunByAttribute(string program)
        {
#pragma warning disable RS0030 // Where programs lie is known by the environment alone.
            var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            var isJudged = Environment.GetEnvironmentVariable("CI") == "true";
#pragma warning restore RS0030
            if (!isJudged && !folders.Any(folder => File.Exists(Path.Combine(folder, program))))
            {
                Skip = $"{program} is not installed";
            }
        }
    }
}
