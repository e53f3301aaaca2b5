using System.CommandLine;

namespace PanelServer.Cli;

/// <summary>The options that every verb has: which panel is meant, and for whom the answer is.</summary>
internal static class VerbOptions
{
    public const string DefaultFolder = "./data";

    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"The data folder (default {DefaultFolder})",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<bool> Sandbox = new("--sandbox")
    {
        Description = "The sandbox of the folder (sandbox.db) instead of the panel itself",
        Recursive = true,
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "A PostgreSQL connection (not available yet)",
        HelpName = "CONNECTION",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer in JSON, for programs",
        Recursive = true,
    };
}
