using System.Text.RegularExpressions;

namespace PanelServer.Tests.OpenApi;

/// <summary>Words of a command line; quotes hold words together.</summary>
internal static partial class CommandLine
{
    public static IEnumerable<string> Split(string line) => Word().Matches(line).Select(word => word.Value.Trim('"'));

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
