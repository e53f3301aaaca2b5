using PanelServer.Domain;
using PanelServer.Domain.Refills;
using PanelServer.Refills;

namespace PanelServer.ResellerApi.Actions;

/// <summary><c>refill_status</c>: how one refill stands, or many.</summary>
internal sealed class RefillStatusAction(ReadRefills refills) : IContractAction
{
    public const string Name = "refill_status";

    public bool IsRead => true;

    public ValueTask<ApiResponse> RunAsync(Call call) => ValueTask.FromResult(Read(call));

    private ApiResponse Read(Call call)
    {
        var reseller = call.Caller.Reseller;
        var (one, many) = AskedIds.In(call.Form, "refill", "refills");
        if (one is not null)
        {
            return WireText.TryId(one, out var id) && refills.One(reseller, id) is { } status
                ? new RefillState(id, status)
                : new Failure(Refusal.RefillNotFound);
        }

        if (!Batch.Read(many, Refusal.RefillNotFound).Try(out var batch, out var refusal))
        {
            return new Failure(refusal);
        }

        var found = refills.Many(reseller, batch.Known);
        return new RefillStates(batch.Outcomes<RefillStatus>(
            id => found.TryGetValue(id, out var status) ? status : Refusal.RefillNotFound));
    }
}
