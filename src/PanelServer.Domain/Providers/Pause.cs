namespace PanelServer.Domain.Providers;

/// <summary>Why nothing is sent to a provider. The numbers are stored.</summary>
public enum Pause
{
    None = 0,

    /// <summary>An operator said so.</summary>
    Operator = 1,

    /// <summary>The balance there does not reach.</summary>
    Funds = 2,

    /// <summary>The key or the account is refused there.</summary>
    Key = 3,

    /// <summary>It refuses order after order in words that nobody knows, or tells of faults: it is tried from time to time.</summary>
    Strange = 4,
}
