namespace PanelServer.Data;

/// <summary>Another process has the data folder.</summary>
internal sealed class FolderInUseException(string message) : PanelException(message);
