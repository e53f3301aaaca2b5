namespace PanelServer.Domain.Providers;

/// <summary>What a word of a provider means: a state of an order, or what a refusal is about. The numbers are stored.</summary>
public enum WordMeaning
{
    Pending = 1,
    Processing = 2,
    InProgress = 3,
    Completed = 4,
    Partial = 5,
    Canceled = 6,

    /// <summary>Not now: the order is put off.</summary>
    Wait = 11,

    /// <summary>The balance there does not reach.</summary>
    Funds = 12,

    /// <summary>Our key or account is not accepted.</summary>
    Key = 13,

    /// <summary>The order itself cannot be: it is rejected.</summary>
    Target = 14,

    /// <summary>The service is not there any more: the order is rejected, and the route locked.</summary>
    Service = 15,

    /// <summary>A fault over there: whether the order was taken nobody knows.</summary>
    Fault = 16,
}

/// <summary>How operators write meanings.</summary>
public static class WordMeanings
{
    private static readonly IReadOnlyList<WordMeaning> All = Enum.GetValues<WordMeaning>();

    /// <summary>All of them, as they are written.</summary>
    public static string Names => string.Join(", ", All.Select(NameOf));

    /// <summary>States as resellers see them, everything else in small letters.</summary>
    public static string NameOf(WordMeaning meaning) => meaning switch
    {
        WordMeaning.InProgress => "In progress",
        <= WordMeaning.Canceled => meaning.ToString(),
        _ => meaning.ToString().ToLowerInvariant(),
    };

    /// <summary>Reads a meaning, in any case of letters and with or without blanks.</summary>
    public static WordMeaning? Of(string text)
    {
        var plain = string.Concat(text.Where(char.IsLetter));
        return All.Where(meaning => plain.Equals(meaning.ToString(), StringComparison.OrdinalIgnoreCase)).Select(meaning => (WordMeaning?)meaning).FirstOrDefault();
    }
}
