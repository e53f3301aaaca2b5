namespace PanelServer.Data;

/// <summary>A change was not made and may be tried again: the queue is full or closing, or the engine failed.</summary>
internal sealed class WritesUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
