namespace PanelServer.Testing;

/// <summary>The sandbox refused a control call and changed nothing; the message is its one line.</summary>
public sealed class SandboxException : Exception
{
    internal SandboxException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
