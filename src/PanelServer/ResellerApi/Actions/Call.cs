using PanelServer.Domain;
using PanelServer.Idempotency;
using PanelServer.ResellerApi.Dialects;
using PanelServer.Resellers;

namespace PanelServer.ResellerApi.Actions;

/// <summary>A call that has passed the gate: who asks, what, and in which wording.</summary>
/// <param name="Retry">The idempotency key, where the action honours one and the caller gave one.</param>
internal sealed record Call(Caller Caller, ContractForm Form, Dialect Dialect, IdempotencyKey? Retry)
{
    /// <summary>The bytes to keep for a retry: a success is kept, a refusal is not.</summary>
    public byte[]? Keep(ApiResponse answer) => answer is Failure ? null : ResponseText.Of(answer, Dialect);

    /// <summary>The answer to a call that is executed once.</summary>
    public static ApiResponse Of<T>(IdempotentResult<T> once, Func<T, ApiResponse> wording) =>
        once.First is null ? wording(once.Outcome!)
        : once.IsConflict ? new Failure(Refusal.RequestIdConflict)
        : new ReplayedAnswer(once.First.Answer);
}

/// <summary>One action of the contract.</summary>
internal interface IContractAction
{
    /// <summary>Whether it only reads, so that GET may ask for it.</summary>
    bool IsRead { get; }

    ValueTask<ApiResponse> RunAsync(Call call);
}
