using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Finds what a no is truly about before anything follows from it: by what the operator says of the provider's words, and,
/// where it may be our money or our key, by a question about the balance (docs/decisions/0020).
/// </summary>
internal static class ConfirmRefusal
{
    /// <summary>Confirms a no.</summary>
    /// <returns>The same with what it is about and what comes of it, and the balance if it was given.</returns>
    public static async Task<(SubmissionResult Asked, UpstreamBalance? Balance)> RunAsync(ProviderChannel channel, ClaimedSubmission claimed, SubmissionResult asked, CancellationToken abort)
    {
        if (asked.Objection is not { } said || asked.Exchange.Status == TooMany)
        {
            return (asked, null);
        }

        var objection = ProviderWords.Of(channel.Context.Readers, channel.Provider.Id).Refusal(asked.Plain) ?? said;
        if (!MayBeOurs(objection, claimed.Kind))
        {
            return (As(asked, claimed.Kind, objection), null);
        }

        var read = await channel.Api.BalanceAsync(channel.Account, abort);
        if (read.Value is { } balance && IsComparable(channel.Provider, balance))
        {
            var isBelow = claimed.Kind == SubmissionKind.Order && IsBelow(balance, channel.Provider.Exchange, claimed.Cost);
            return (As(asked, claimed.Kind, WithBalance(objection, isBelow)) with { IsConfirmed = isBelow && objection is RejectionReason.Funds or RejectionReason.Unclear }, balance);
        }

        if ((read.Objection is RejectionReason.Key or RejectionReason.Account || read.Exchange.Status == Unauthorized) && objection != RejectionReason.Funds)
        {
            return (As(asked, claimed.Kind, RejectionReason.Key) with { IsConfirmed = true }, null);
        }

        // Nobody can tell now. What was to be about us is asked again later; what nobody understood stays so.
        return objection == RejectionReason.Unclear
            ? (As(asked, claimed.Kind, objection), read.Value)
            : (asked with { Outcome = SubmissionOutcome.Deferred, Objection = objection }, read.Value);
    }

    private const int Unauthorized = 401;
    private const int TooMany = 429;

    // Words of any language: if our money does not reach, that is what an order was refused for.
    private static bool MayBeOurs(RejectionReason objection, SubmissionKind kind) =>
        objection is RejectionReason.Funds or RejectionReason.Key or RejectionReason.Account || (objection == RejectionReason.Unclear && kind == SubmissionKind.Order);

    private static RejectionReason WithBalance(RejectionReason objection, bool isBelow) => objection switch
    {
        RejectionReason.Account => RejectionReason.Request,
        RejectionReason.Funds or RejectionReason.Unclear when isBelow => RejectionReason.Funds,
        _ => RejectionReason.Unclear,
    };

    private static bool IsComparable(ProviderView provider, UpstreamBalance balance) =>
        balance.Currency is not { } said || provider.Currency is not { } known || said.Equals(known, StringComparison.OrdinalIgnoreCase);

    /// <summary>In the panel's currency: providers report the balance in their own.</summary>
    private static bool IsBelow(UpstreamBalance balance, ExchangeRate exchange, Money cost) =>
        (Int128)balance.Units * exchange.Units < (Int128)cost.Units * ExchangeRate.One;

    /// <summary>What comes of a no that is about this. Only an order is put off for what is about other orders.</summary>
    private static SubmissionResult As(SubmissionResult asked, SubmissionKind kind, RejectionReason objection)
    {
        var isPassing = objection.IsPassing() && (kind == SubmissionKind.Order || objection is not (RejectionReason.Busy or RejectionReason.Limit));
        var outcome = objection == RejectionReason.Fault ? SubmissionOutcome.Unknown : isPassing ? SubmissionOutcome.Deferred : SubmissionOutcome.Rejected;
        return asked with { Outcome = outcome, Objection = objection };
    }
}
