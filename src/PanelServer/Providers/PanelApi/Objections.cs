using PanelServer.Domain.Providers;

namespace PanelServer.Providers.PanelApi;

/// <summary>
/// What a no is about, by its words, in the languages of the market. The tables are asked one after the other, and the first
/// that knows the words decides: what says nothing of the order before what ends it, so that an order is ended for its own
/// sake only.
/// </summary>
internal static class Objections
{
    private static readonly (Objection About, Phrase[] Phrases)[] Table =
    [
        Of(Objection.Fault, FaultPhrases.Certain),
        Of(Objection.Rate, RatePhrases.Calls),
        Of(Objection.Funds, OwnPhrases.Funds),
        Of(Objection.Key, OwnPhrases.Key),
        Of(Objection.Rate, RatePhrases.Maintenance),
        Of(Objection.Request, TargetPhrases.Quantities),
        Of(Objection.Limit, LimitPhrases.Limits),
        Of(Objection.Busy, BusyPhrases.All),
        Of(Objection.Account, TargetPhrases.Account),
        Of(Objection.Request, TargetPhrases.All),
        Of(Objection.Service, ServicePhrases.All),
        Of(Objection.Limit, LimitPhrases.Vague),
        Of(Objection.Rate, RatePhrases.Later),
        Of(Objection.Fault, FaultPhrases.Likely),
    ];

    /// <param name="plain">The provider's words in the plain form, without ours.</param>
    /// <param name="status">The HTTP status: 429 is about the rate, whatever it says; 401, 402 and 403 speak where words do not.</param>
    public static Objection Of(string plain, int status)
    {
        if (status == 429)
        {
            return Objection.Rate;
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
            401 or 403 => Objection.Key,
            402 => Objection.Funds,
            _ => Objection.Unclear,
        };
    }

    /// <summary>It has nothing to do with what was asked: the same may be asked again later.</summary>
    public static bool IsPassing(this Objection objection) => objection switch
    {
        Objection.Funds or Objection.Key or Objection.Rate or Objection.Busy or Objection.Limit => true,
        Objection.Request or Objection.Service or Objection.Account or Objection.Fault or Objection.Unclear => false,
    };

    /// <summary>Asked about one thing, it may be about that: known or not, it is nothing about us.</summary>
    public static bool MayBeAboutIt(this Objection objection) => objection is Objection.Request or Objection.Account or Objection.Unclear;

    private static (Objection About, Phrase[] Phrases) Of(Objection about, string[] written) =>
        (about, [.. written.Select(one => new Phrase(one))]);
}
