namespace PanelServer.Domain.Tests;

/// <summary>
/// Compares a text with its approved form in <c>Approved/</c>. <c>UPDATE_GOLDEN=1 dotnet test</c> rewrites the approved
/// texts; the difference is then read like any other change.
/// </summary>
internal static class Golden
{
    public static void Approves(string name, IEnumerable<string> lines)
    {
        var actual = string.Concat(lines.Select(line => line.TrimEnd() + "\n"));
        var path = Repository.PathOf("tests", "PanelServer.Domain.Tests", "Approved", name + ".txt");
        if (IsUpdating())
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"nothing approved yet: UPDATE_GOLDEN=1 writes {path}");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static bool IsUpdating()
    {
#pragma warning disable RS0030 // A switch for whoever runs the tests: there are no options to read it through.
        return Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";
#pragma warning restore RS0030
    }
}
