namespace PanelServer.Cli;

/// <summary>A verb as somebody has typed it; it travels to a running server as it is.</summary>
/// <param name="Arguments">What was typed.</param>
/// <param name="WorkingFolder">Where the caller stands: relative paths are from there.</param>
/// <param name="DataFolder">The data folder that the caller's environment names; null when it names none.</param>
/// <param name="Who">The caller's name on this machine, for the audit.</param>
internal sealed record VerbCall(IReadOnlyList<string> Arguments, string WorkingFolder, string? DataFolder, string Who)
{
    /// <summary>Names the data folder for every verb, where <c>--data</c> does not; a container sets it.</summary>
    public const string DataVariable = "PANELSERVER_DATA";

    /// <summary>A user who became another by sudo is named as the person.</summary>
    private const string SudoVariable = "SUDO_USER";

    /// <summary>A verb that was typed to this process.</summary>
    public static VerbCall Of(IReadOnlyList<string> arguments) => new(
        arguments,
        Environment.CurrentDirectory,
        Variable(DataVariable),
        Variable(SudoVariable) ?? Environment.UserName);

    private static string? Variable(string name)
    {
#pragma warning disable RS0030 // No setting: it says where the settings lie, and who asks.
        return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
#pragma warning restore RS0030
    }
}
