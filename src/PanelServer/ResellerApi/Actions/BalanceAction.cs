using PanelServer.Data;
using PanelServer.Ledger;

namespace PanelServer.ResellerApi.Actions;

/// <summary><c>balance</c>: what this reseller can spend.</summary>
internal sealed class BalanceAction(ReadBalance balance, PanelIdentity panel) : IContractAction
{
    public const string Name = "balance";

    public bool IsRead => true;

    public ValueTask<ApiResponse> RunAsync(Call call) =>
        ValueTask.FromResult<ApiResponse>(new BalanceState(balance.Of(call.Caller.Reseller), panel.Currency));
}
