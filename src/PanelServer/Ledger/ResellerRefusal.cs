using PanelServer.Domain;

namespace PanelServer.Ledger;

/// <summary>Refusals about resellers, worded for an operator.</summary>
internal static class ResellerRefusal
{
    public static Refusal Unknown(string name) =>
        new("unknown_reseller", name);
}
