using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>
/// What a no is about, by its words, in the languages of the market. The tables are asked one after the other, and the first
/// that knows the words decides: what says nothing of the order before what ends it, so that an order is ended for its own
/// sake only.
/// </summary>
internal static class RejectionClassifier
{
    private static readonly (RejectionReason About, Phrase[] Phrases)[] Table =
    [
        Of(RejectionReason.Fault, FaultPhrases.Certain),
        Of(RejectionReason.Rate, RatePhrases.Calls),
        Of(RejectionReason.Funds, OwnPhrases.Funds),
        Of(RejectionReason.Key, OwnPhrases.Key),
        Of(RejectionReason.Rate, RatePhrases.Maintenance),
        Of(RejectionReason.Request, TargetPhrases.Quantities),
        Of(RejectionReason.Limit, LimitPhrases.Limits),
        Of(RejectionReason.Busy, BusyPhrases.All),
        Of(RejectionReason.Account, TargetPhrases.Account),
        Of(RejectionReason.Request, TargetPhrases.All),
        Of(RejectionReason.Service, ServicePhrases.All),
        Of(RejectionReason.Limit, LimitPhrases.Vague),
        Of(RejectionReason.Rate, RatePhrases.Later),
        Of(RejectionReason.Fault, FaultPhrases.Likely),
    ];

    /// <param name="plain">The provider's words in the plain form, without ours.</param>
    /// <param name="status">The HTTP status: 429 is about the rate, whatever it says; 401, 402 and 403 speak where words do not.</param>
    public static RejectionReason Of(string plain, int status)
    {
        if (status == 429)
        {
            return RejectionReason.Rate;
        }

        var padded = $" {plain} ";
        foreach (var (about, phrases) in Table)
        {
            if (Array.Exists(phrases, phrase => phrase.IsIn(padded)))
            {
                return about;
            }
        }

        return status switch
        {
            401 or 403 => RejectionReason.Key,
            402 => RejectionReason.Funds,
            _ => RejectionReason.Unclear,
        };
    }

    /// <summary>It has nothing to do with what was asked: the same may be asked again later.</summary>
    public static bool IsPassing(this RejectionReason objection) => objection switch
    {
        RejectionReason.Funds or RejectionReason.Key or RejectionReason.Rate or RejectionReason.Busy or RejectionReason.Limit => true,
        RejectionReason.Request or RejectionReason.Service or RejectionReason.Account or RejectionReason.Fault or RejectionReason.Unclear => false,
    };

    /// <summary>Asked about one thing, it may be about that: known or not, it is nothing about us.</summary>
    public static bool MayBeAboutIt(this RejectionReason objection) => objection is RejectionReason.Request or RejectionReason.Account or RejectionReason.Unclear;

    private static (RejectionReason About, Phrase[] Phrases) Of(RejectionReason about, string[] written) =>
        (about, [.. written.Select(one => new Phrase(one))]);
}
