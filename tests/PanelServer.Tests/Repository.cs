namespace PanelServer.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Found from the test's own place: the compiler's file names are made anonymous in CI.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Above(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "PanelServer.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder;
    }
}
