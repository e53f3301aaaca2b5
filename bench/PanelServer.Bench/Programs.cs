namespace PanelServer.Bench;

/// <summary>Where the programs are that take part.</summary>
internal static class Programs
{
    private const string This = "PanelServer.Bench";

    /// <summary>What the build and the bench itself write, below the repository.</summary>
    public static string Artifacts { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    /// <summary>What is measured with the server's code linked in.</summary>
    public static string Inside => Beside("PanelServer.Bench.Inside");

    /// <summary>Starts the floor: this program, as it is built.</summary>
    public static Task<Child> StartFloorAsync() =>
        Child.StartAsync(Beside(This), ["floor"], new Dictionary<string, string>());

    /// <summary>Publishes the server with the command that operators are told (docs/operating.md).</summary>
    /// <returns>The published program.</returns>
    public static async Task<string> PublishServerAsync()
    {
        string folder = Path.Combine(Artifacts, "bench", "server");
        string project = Path.Combine(Artifacts, "..", "src", "PanelServer");
        await Child.RunAsync("dotnet", ["publish", project, "-c", "Release", "-o", folder]);
        return Path.Combine(folder, "panelserver");
    }

    /// <summary>The program of a project of the bench, built with the configuration of this one.</summary>
    private static string Beside(string project)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string program = Path.Combine(Artifacts, "bin", project, configuration, project);
        return File.Exists(program) ? program : program + ".dll";
    }
}
