namespace PanelServer.Domain.Providers;

/// <summary>What a provider's no is about, and so what follows from it.</summary>
public enum Objection
{
    /// <summary>What was asked for itself: another provider may take it.</summary>
    Request,

    /// <summary>The provider's service is not there any more: nothing is sent to it.</summary>
    Service,

    /// <summary>The balance there does not reach: nothing is sent to the provider until somebody pays in.</summary>
    Funds,

    /// <summary>The key or the account is not accepted: nothing is sent to the provider until it is.</summary>
    Key,

    /// <summary>Too many calls: later it may say yes.</summary>
    Rate,
}
