using System.Globalization;

namespace PanelServer.Testing;

/// <summary>What the resellers have.</summary>
public sealed class SandboxResellers
{
    private readonly ControlDoor _control;

    internal SandboxResellers(ControlDoor control) => _control = control;

    /// <summary>Sets a balance, by a payment in or out.</summary>
    /// <exception cref="SandboxException">There is no such reseller, or the balance has more than five decimals or is below zero.</exception>
    /// <param name="name"><c>demo</c>, <c>rich</c>, <c>poor</c> or <c>suspended</c>.</param>
    /// <param name="balance">In the panel's currency, USD.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task SetBalanceAsync(string name, decimal balance, CancellationToken cancel = default) =>
        _control.TellAsync(
            HttpMethod.Put,
            $"resellers/{Uri.EscapeDataString(name)}",
            new() { ["balance"] = balance.ToString(CultureInfo.InvariantCulture) },
            cancel);
}
