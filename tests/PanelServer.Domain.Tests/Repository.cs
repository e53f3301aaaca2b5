namespace PanelServer.Domain.Tests;

/// <summary>Where the sources lie: approved texts and the project file are read there, not in the output.</summary>
internal static class Repository
{
    private static readonly string Root = RootAbove(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string RootAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "PanelServer.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"no PanelServer.sln above {folder}");
    }
}
