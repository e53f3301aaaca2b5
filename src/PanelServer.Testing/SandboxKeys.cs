namespace PanelServer.Testing;

/// <summary>The API keys of the resellers that every sandbox begins with.</summary>
public static class SandboxKeys
{
    /// <summary>Of <c>demo</c>, who has 100.84292: for everyday calls.</summary>
    public const string Demo = "sandbox-demo-key";

    /// <summary>Of <c>rich</c>, who has 1000000: for large orders and for load.</summary>
    public const string Rich = "sandbox-rich-key";

    /// <summary>Of <c>poor</c>, who has nothing: for <c>not_enough_funds</c>.</summary>
    public const string Poor = "sandbox-poor-key";

    /// <summary>Of <c>suspended</c>, who may not call: for <c>account_suspended</c>.</summary>
    public const string Suspended = "sandbox-suspended-key";
}
