using PanelServer.Domain;

namespace PanelServer.Providers.PanelApi;

/// <summary>Reads an answer to balance.</summary>
internal static class BalanceReader
{
    public static Reading<UpstreamBalance> Read(JsonAnswer answer)
    {
        if (Unread.Of(answer, out var json) is { } unread)
        {
            return unread;
        }

        if (Complaint.Of(json) is { } complaint)
        {
            return Unread.Said(answer, complaint);
        }

        var balance = json.Under("balance");
        return WireNumber.Units(balance, Money.Decimals, up: false, answer.Sign) is { } units
            ? new UpstreamBalance(units, StatusReader.Currency(answer, json))
            : new Unread(WireNumber.IsAmbiguous(balance, answer.Sign)
                ? answer.Say($"the balance {balance?.Text()} may be read in two ways: its comma may stand before decimals or between thousands")
                : "the answer has no balance that can be read");
    }
}
