using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Providers.Forwarding;

/// <summary>
/// Finds what a no is truly about before anything follows from it: by what the operator says of the provider's words, and,
/// where it may be our money or our key, by a question about the balance (docs/decisions/0020).
/// </summary>
internal static class ConfirmRefusal
{
    /// <summary>Confirms a no.</summary>
    /// <returns>The same with what it is about and what comes of it, and the balance if it was told.</returns>
    public static async Task<(Asked Asked, UpstreamBalance? Balance)> RunAsync(Line line, Errand errand, Asked asked, CancellationToken abort)
    {
        if (asked.Objection is not { } said || asked.Exchange.Status == TooMany)
        {
            return (asked, null);
        }

        var objection = ProviderWords.Of(line.Office.Readers, line.Provider.Id).Refusal(asked.Plain) ?? said;
        if (!MayBeOurs(objection, errand.Kind))
        {
            return (As(asked, errand.Kind, objection), null);
        }

        var read = await line.Api.BalanceAsync(line.Account, abort);
        if (read.Value is { } balance && IsComparable(line.Provider, balance))
        {
            var isBelow = errand.Kind == SendingKind.Order && IsBelow(balance, line.Provider.Exchange, errand.Cost);
            return (As(asked, errand.Kind, WithBalance(objection, isBelow)) with { IsConfirmed = isBelow && objection is Objection.Funds or Objection.Unclear }, balance);
        }

        if ((read.Objection is Objection.Key or Objection.Account || read.Exchange.Status == Unauthorized) && objection != Objection.Funds)
        {
            return (As(asked, errand.Kind, Objection.Key) with { IsConfirmed = true }, null);
        }

        // Nobody can tell now. What was to be about us is asked again later; what nobody understood stays so.
        return objection == Objection.Unclear
            ? (As(asked, errand.Kind, objection), read.Value)
            : (asked with { Outcome = SendingOutcome.Deferred, Objection = objection }, read.Value);
    }

    private const int Unauthorized = 401;
    private const int TooMany = 429;

    // Words of any language: if our money does not reach, that is what an order was refused for.
    private static bool MayBeOurs(Objection objection, SendingKind kind) =>
        objection is Objection.Funds or Objection.Key or Objection.Account || (objection == Objection.Unclear && kind == SendingKind.Order);

    private static Objection WithBalance(Objection objection, bool isBelow) => objection switch
    {
        Objection.Account => Objection.Request,
        Objection.Funds or Objection.Unclear when isBelow => Objection.Funds,
        _ => Objection.Unclear,
    };

    private static bool IsComparable(ProviderView provider, UpstreamBalance balance) =>
        balance.Currency is not { } said || provider.Currency is not { } known || said.Equals(known, StringComparison.OrdinalIgnoreCase);

    /// <summary>In the panel's currency: the balance is told in the provider's.</summary>
    private static bool IsBelow(UpstreamBalance balance, ExchangeRate exchange, Money cost) =>
        (Int128)balance.Units * exchange.Units < (Int128)cost.Units * ExchangeRate.One;

    /// <summary>What comes of a no that is about this. Only an order is put off for what is about other orders.</summary>
    private static Asked As(Asked asked, SendingKind kind, Objection objection)
    {
        var isPassing = objection.IsPassing() && (kind == SendingKind.Order || objection is not (Objection.Busy or Objection.Limit));
        var outcome = objection == Objection.Fault ? SendingOutcome.Unknown : isPassing ? SendingOutcome.Deferred : SendingOutcome.Rejected;
        return asked with { Outcome = outcome, Objection = objection };
    }
}
