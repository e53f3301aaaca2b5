using PanelServer.Domain;
using PanelServer.Refills;

namespace PanelServer.ResellerApi.Actions;

/// <summary><c>refill</c>: asks for a refill of one order, or of many.</summary>
internal sealed class RefillAction(RequestRefill requestRefill) : IContractAction
{
    public const string Name = "refill";

    public bool IsRead => false;

    public async ValueTask<ApiResponse> RunAsync(Call call)
    {
        var (one, many) = AskedIds.In(call.Form, "order", "orders");
        if (one is not null)
        {
            return WireText.TryId(one, out var id)
                ? await AskAsync(call, [id], outcomes => AnswerOf(outcomes[0]))
                : new Failure(Refusal.IncorrectOrder);
        }

        return Batch.Read(many, Refusal.IncorrectOrder).Try(out var batch, out var refusal)
            ? await AskAsync(call, batch.Known, outcomes => new RefillsAccepted(batch.Outcomes(outcomes)))
            : new Failure(refusal);
    }

    private static ApiResponse AnswerOf(Result<int> outcome) =>
        outcome.Try(out var refill, out var refusal) ? new RefillAccepted(refill) : new Failure(refusal);

    private async ValueTask<ApiResponse> AskAsync(Call call, IReadOnlyList<int> orders, Func<IReadOnlyList<Result<int>>, ApiResponse> wording)
    {
        var once = await requestRefill.RunAsync(
            call.Caller.Actor,
            call.Caller.Reseller,
            orders,
            call.Retry,
            outcomes => call.Keep(wording(outcomes)));
        return Call.Of(once, wording);
    }
}
