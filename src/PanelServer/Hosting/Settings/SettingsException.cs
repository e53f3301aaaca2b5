using PanelServer.Data;

namespace PanelServer.Hosting.Settings;

/// <summary>Settings that cannot be used, one line for each.</summary>
internal sealed class SettingsException(IReadOnlyList<string> lines) : PanelException(lines[0])
{
    public IReadOnlyList<string> Lines => lines;
}
