using PanelServer.Domain.Providers;

namespace PanelServer.Providers.PanelApi;

/// <summary>What a no is about, by its words. What is in no row is about what was asked for itself.</summary>
internal static class Objections
{
    // The first row that is found counts. Words are compared in lower case, with blanks for underscores, dashes and dots, so
    // that "neworder.error.not_enough_funds" and "Not enough funds" are one.
    private static readonly (string Phrase, Objection About)[] Table =
    [
        ("not enough fund", Objection.Funds),
        ("not enough balance", Objection.Funds),
        ("not enough money", Objection.Funds),
        ("not enough credit", Objection.Funds),
        ("insufficient fund", Objection.Funds),
        ("insufficient balance", Objection.Funds),
        ("insufficient credit", Objection.Funds),
        ("insufficient money", Objection.Funds),
        ("is insufficient", Objection.Funds),
        ("low balance", Objection.Funds),
        ("balance too low", Objection.Funds),
        ("balance is too low", Objection.Funds),
        ("balance is low", Objection.Funds),
        ("balance is not enough", Objection.Funds),
        ("no funds", Objection.Funds),
        ("no balance", Objection.Funds),
        ("out of funds", Objection.Funds),
        ("api key", Objection.Key),
        ("apikey", Objection.Key),
        ("invalid key", Objection.Key),
        ("incorrect key", Objection.Key),
        ("wrong key", Objection.Key),
        ("missing key", Objection.Key),
        ("key is invalid", Objection.Key),
        ("account suspended", Objection.Key),
        ("account is suspended", Objection.Key),
        ("account is not active", Objection.Key),
        ("account is inactive", Objection.Key),
        ("account is disabled", Objection.Key),
        ("account disabled", Objection.Key),
        ("account blocked", Objection.Key),
        ("account is blocked", Objection.Key),
        ("account banned", Objection.Key),
        ("user not found", Objection.Key),
        ("unauthorized", Objection.Key),
        ("unauthenticated", Objection.Key),
        ("bad auth", Objection.Key),
        ("rate limit", Objection.Rate),
        ("too many requests", Objection.Rate),
        ("too many attempts", Objection.Rate),
        ("too many failed attempts", Objection.Rate),
        ("incorrect service", Objection.Service),
        ("invalid service", Objection.Service),
        ("unknown service", Objection.Service),
        ("wrong service", Objection.Service),
        ("service not found", Objection.Service),
        ("service not available", Objection.Service),
        ("service does not exist", Objection.Service),
        ("service is disabled", Objection.Service),
        ("service disabled", Objection.Service),
        ("service is inactive", Objection.Service),
        ("service inactive", Objection.Service),
        ("service is not active", Objection.Service),
        ("service is not available", Objection.Service),
        ("service is unavailable", Objection.Service),
        ("service id not found", Objection.Service),
        ("service id is", Objection.Service),
        ("service id does not exist", Objection.Service),
        ("neworder error service", Objection.Service),

        // Later than what says which thing is gone: "Service is disabled, try again later".
        ("try again later", Objection.Rate),
        ("service unavailable", Objection.Rate),
        ("service temporarily unavailable", Objection.Rate),
    ];

    /// <param name="words">The provider's words.</param>
    /// <param name="status">The HTTP status: 429 is about the rate, whatever it says; 401, 402 and 403 speak where words do not.</param>
    public static Objection Of(string words, int status)
    {
        if (status == 429)
        {
            return Objection.Rate;
        }

        // Without what is repeated of the order: a link may hold any words.
        var own = string.Join(' ', words.Split(' ').Where(word => !word.Contains('/')));
        var plain = CleanText.Line(own.Replace('_', ' ').Replace('-', ' ').Replace('.', ' '), words.Length);
        foreach (var (phrase, about) in Table)
        {
            if (plain.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return about;
            }
        }

        return status switch
        {
            401 or 403 => Objection.Key,
            402 => Objection.Funds,
            _ => Objection.Request,
        };
    }

    /// <summary>It has nothing to do with what was asked: the same may be asked again later.</summary>
    public static bool IsPassing(this Objection objection) => objection switch
    {
        Objection.Funds or Objection.Key or Objection.Rate => true,
        Objection.Request or Objection.Service => false,
    };
}
