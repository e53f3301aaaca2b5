namespace PanelServer.Domain.Providers;

/// <summary>What a provider's no is about, and so what follows from it. The numbers are stored.</summary>
public enum RejectionReason
{
    /// <summary>What was asked for itself, such as its target: another provider may take it.</summary>
    Request = 1,

    /// <summary>The provider's service is not there any more: nothing is sent to it.</summary>
    Service = 2,

    /// <summary>The balance there does not reach: nothing is sent to the provider until somebody pays in.</summary>
    Funds = 3,

    /// <summary>The key or the account is not accepted: nothing is sent to the provider until it is.</summary>
    Key = 4,

    /// <summary>Too many calls, maintenance, "later": it may say yes to the same then.</summary>
    Rate = 5,

    /// <summary>An account or a user: ours, or the target. Whether it is ours, a question about the balance tells.</summary>
    Account = 6,

    /// <summary>Something is under way for the same target: when that has ended it may say yes.</summary>
    Busy = 7,

    /// <summary>A limit on how many orders it takes: later it may say yes.</summary>
    Limit = 8,

    /// <summary>A fault over there: it does not tell whether it took what was asked.</summary>
    Fault = 9,

    /// <summary>Nobody knows: the words are in no table.</summary>
    Unclear = 10,
}
