using PanelServer.Data;

namespace PanelServer.Tests;

/// <summary>Opens a sandbox's panel without its server, for tests of use cases that no door offers as they are.</summary>
internal static class OpenSandbox
{
    /// <param name="path">The data folder.</param>
    public static Task<Panel> InAsync(string path) => Panel.OpenAsync(PanelFolder.Of(path, isSandbox: true));
}
