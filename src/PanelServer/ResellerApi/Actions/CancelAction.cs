using PanelServer.Cancels;
using PanelServer.Domain;

namespace PanelServer.ResellerApi.Actions;

/// <summary><c>cancel</c>: asks to cancel orders; always answered as a list, even for one.</summary>
internal sealed class CancelAction(RequestCancel requestCancel) : IContractAction
{
    public const string Name = "cancel";

    public bool IsRead => false;

    public async ValueTask<ApiResponse> RunAsync(Call call)
    {
        var (one, many) = AskedIds.In(call.Form, "order", "orders");
        if (!Batch.Read(one ?? many, Refusal.IncorrectOrder).Try(out var batch, out var refusal))
        {
            return new Failure(refusal);
        }

        ApiResponse Wording(IReadOnlyList<Result<bool>> outcomes) => new CancelsTaken(batch.Outcomes(outcomes));

        var once = await requestCancel.RunAsync(
            call.Caller.Actor,
            call.Caller.Reseller,
            batch.Known,
            call.Retry,
            outcomes => call.Keep(Wording(outcomes)));
        return Call.Of(once, Wording);
    }
}
