namespace PanelServer.Domain.Ledger;

/// <summary>
/// The accounts money moves between. A reseller's account has the reseller's id; the house's accounts have ids below
/// zero and cache no balance.
/// </summary>
public static class Account
{
    /// <summary>The world outside: deposits come from here, withdrawals go there.</summary>
    public const int Outside = -1;

    /// <summary>What orders earn: charges come here, refunds come from here.</summary>
    public const int Sales = -2;
}
