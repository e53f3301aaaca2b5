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

        return WireNumber.Units(json.Under("balance"), Money.Decimals, up: false) is { } units
            ? new UpstreamBalance(units, StatusReader.Currency(answer, json))
            : new Unread("the answer has no balance that can be read");
    }
}
