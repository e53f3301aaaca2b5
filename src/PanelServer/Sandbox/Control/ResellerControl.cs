using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Ledger;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/resellers</c>: sets a balance, by a payment of the difference.</summary>
internal sealed class ResellerControl(WriteQueue writes, TimeProvider clock)
{
    private const string Note = "balance set in the sandbox";

    public async Task<ControlAnswer> SetAsync(ControlRequest request)
    {
        var text = request.Body.Decimal("balance") ?? request.Body.Missing<string>("balance");
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        if (!Money.TryParse(text, out var balance))
        {
            return new Refusal(
                "control",
                $"balance must be a plain decimal from 0 to {Money.Max} with at most {Money.Decimals} decimals, not {ControlBody.Shown(text!)}");
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await writes.RunAsync(request.Actor, unit => Set(unit, request.Name, balance, now));
    }

    private static ControlAnswer Set(UnitOfWork unit, string name, Money balance, long now)
    {
        if (unit.Db.Resellers.FirstOrDefault(row => row.Name == name) is not { } reseller)
        {
            return new Refusal("unknown_reseller.control", ControlBody.Shown(name));
        }

        var difference = balance - (unit.Db.Accounts.Single(row => row.Id == reseller.Id).Balance ?? Money.Zero);
        if (difference != Money.Zero)
        {
            var payment = difference > Money.Zero
                ? new Payment(name, TransferKind.Deposit, difference, Note, Reference: null)
                : new Payment(name, TransferKind.Withdrawal, -difference, Note, Reference: null);
            if (MakePayment.Make(unit, payment, now).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        return ControlAnswer.Done(new { reseller.Name, Balance = balance.ToString() });
    }
}
