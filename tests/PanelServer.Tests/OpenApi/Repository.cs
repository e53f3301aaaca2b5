namespace PanelServer.Tests.OpenApi;

/// <summary>Where the sources lie: the nearest folder above the tests that holds the solution.</summary>
internal static class Repository
{
    public static readonly string Root = Find(AppContext.BaseDirectory);

    private static string Find(string? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("no PanelServer.sln above the tests"),
        _ when File.Exists(Path.Combine(folder, "PanelServer.sln")) => folder,
        _ => Find(Path.GetDirectoryName(folder)),
    };
}
