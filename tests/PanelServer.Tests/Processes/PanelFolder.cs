using System.Text.Json.Nodes;
using PanelServer.Cli;

namespace PanelServer.Tests.Processes;

/// <summary>A data folder of its own under the temporary directory, and the verbs run on it.</summary>
internal sealed class PanelFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("panel-");

    public PanelFolder() => Data = Path.Combine(_root.FullName, "data");

    public string Data { get; }

    /// <summary>True where every verb shall choose the sandbox's file.</summary>
    public bool Sandbox { get; init; }

    public string Root => _root.FullName;

    public string Database => Path.Combine(Data, Sandbox ? "sandbox.db" : "panel.db");

    public string Socket => Path.Combine(Data, "panel.sock");

    public string File(string name) => Path.Combine(_root.FullName, name);

    /// <summary>Starts the server on this folder and waits until it says that it listens.</summary>
    public Task<PanelProcess> ServeAsync(params (string Name, string Value)[] settings) =>
        PanelProcess.StartAsync(ServeArguments(), settings);

    /// <summary>A `serve` that is expected to end by itself, for starts that must be refused.</summary>
    public Task<VerbResult> TryServeAsync(params (string Name, string Value)[] settings) =>
        PanelProcess.RunAsync(ServeArguments(), settings);

    /// <summary>
    /// Runs one verb on this folder, in this process: what the program does with its arguments is the same method, and a
    /// server that has the folder is asked through its socket all the same.
    /// </summary>
    public Task<VerbResult> RunAsync(params string[] verb) => RunOnAsync(Data, verb);

    public async Task<VerbResult> RunOnAsync(string data, params string[] verb)
    {
        string[] arguments = [.. verb, "--data", data, .. Flag()];
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var limit = new CancellationTokenSource(Patience.Long);
        var exit = await Verbs.RunAsync(arguments, output, error, limit.Token);
        Assert.False(limit.IsCancellationRequested, $"not ended within {Patience.Long}: {string.Join(' ', arguments)}");
        return new("panelserver " + string.Join(' ', arguments), exit, output.ToString(), error.ToString());
    }

    /// <summary>Runs one verb as a process of its own on this folder.</summary>
    public Task<VerbResult> RunProcessAsync(params string[] verb) => PanelProcess.RunAsync([.. verb, "--data", Data, .. Flag()]);

    /// <summary>Runs a verb that must succeed.</summary>
    public async Task<string> DoAsync(params string[] verb) => (await RunAsync(verb)).Done().Output;

    /// <summary>Runs a verb that must succeed and reads what it says to machines.</summary>
    public async Task<JsonNode> JsonAsync(params string[] verb)
    {
        var output = await DoAsync([.. verb, "--json"]);
        return JsonNode.Parse(output) ?? throw new InvalidOperationException($"no JSON in: {output}");
    }

    /// <summary>Makes a reseller with money and gives back a key of it.</summary>
    public async Task<string> ResellerAsync(string name, string balance)
    {
        await DoAsync("reseller", "add", name, "--balance", balance);
        return await KeyAsync(name);
    }

    public async Task<string> KeyAsync(string name) =>
        (string?)(await JsonAsync("key", "issue", name))["key"] ?? throw new InvalidOperationException("no key");

    /// <summary>The books must balance; every finding is shown when they do not.</summary>
    public async Task VerifyAsync()
    {
        var proof = await RunAsync("verify");
        Assert.True(proof.ExitCode == 0, $"verify says: {proof}");
    }

    public void Dispose()
    {
        try
        {
            _root.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing left to clean.
        }
    }

    private string[] ServeArguments() => ["serve", "--urls", "http://127.0.0.1:0", "--data", Data, .. Flag()];

    private string[] Flag() => Sandbox ? ["--sandbox"] : [];
}
