namespace PanelServer.Data;

/// <summary>Something outside the program is not as it must be; the message is one clear line that says what to do.</summary>
internal class PanelException(string message, Exception? cause = null) : Exception(message, cause);
