using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PanelServer.Tests.OpenApi;

/// <summary>
/// Carries out what the pages for readers print: each block fenced as <c>sh runnable</c>, in order, against the real
/// program as a sandbox. A <c>json</c> or <c>text</c> block right behind one is what it must write.
/// </summary>
[Trait("Category", "Process")]
public sealed partial class DocumentedCommandsTests
{
    private static readonly string Executable = typeof(Program).Assembly.Location;

    public static TheoryData<string> Pages =>
        [.. new[] { "docs/integrating.md", "README.md" }.Where(page => File.Exists(Repository.PathOf(page)))];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_runnable_block_writes_what_is_printed(string page)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf(page));
        var folder = Directory.CreateTempSubdirectory("panel-").FullName;
        using var deadline = new CancellationTokenSource(Patience.Longest);
        using var server = Start(
            folder, "dotnet", Executable, "serve", "--sandbox", "--data", "./sandbox", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await ListeningAsync(server, deadline.Token);
            foreach (Match block in Runnable().Matches(text))
            {
                await RunAsync(block, folder, address, deadline.Token);
            }
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_page_for_integrators_has_runnable_blocks() =>
        Assert.NotEmpty(Runnable().Matches(File.ReadAllText(Repository.PathOf("docs/integrating.md"))));

    private static async Task RunAsync(Match block, string folder, string address, CancellationToken cancel)
    {
        var script = $$"""
            panelserver() { dotnet '{{Executable}}' "$@"; }
            {{block.Groups["script"].Value.Replace("http://127.0.0.1:5080", address, StringComparison.Ordinal)}}
            """;
        using var shell = Start(folder, "bash", "-euo", "pipefail", "-c", script);
        using var killed = cancel.Register(() => shell.Kill(entireProcessTree: true));
        var output = shell.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = shell.StandardError.ReadToEndAsync(CancellationToken.None);
        await shell.WaitForExitAsync(CancellationToken.None);

        Assert.True(shell.ExitCode == 0, $"{script}\nended with {shell.ExitCode}: {await output}{await error}");
        if (block.Groups["output"] is { Success: true } printed)
        {
            Assert.Equal(Trimmed(printed.Value), Trimmed(await output));
        }
    }

    private static Process Start(string folder, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_PROXY"] = "127.0.0.1";
        return Process.Start(start)!;
    }

    private static async Task<string> ListeningAsync(Process server, CancellationToken cancel)
    {
        // Nobody reads the log; the pipe must not fill up.
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        const string Ready = "listening on ";
        while (await server.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return line[Ready.Length..].Trim();
            }
        }

        throw new InvalidOperationException("the server ended before it was ready");
    }

    private static string Trimmed(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"^```sh runnable\n(?<script>.*?)\n```$(\n+```(json|text)\n(?<output>.*?)\n```$)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Runnable();
}
