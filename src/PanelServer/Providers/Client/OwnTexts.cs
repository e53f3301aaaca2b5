namespace PanelServer.Providers.Client;

/// <summary>
/// What we sent ourselves, to be taken out of an answer before it is understood: a provider repeats it, and a link may hold
/// any words.
/// </summary>
internal sealed class OwnTexts
{
    /// <summary>Lines of one field that are looked for each for itself, such as comments.</summary>
    private const int MaxLines = 1_000;

    /// <summary>Parts of one address that are looked for.</summary>
    private const int MaxParts = 100;

    private static readonly char[] PartSigns = ['/', '?', '&', '=', '#'];

    private static readonly string[] Openings = ["https ", "http ", "www ", "https www ", "http www "];

    public static readonly OwnTexts None = new([]);

    private readonly List<string> _texts = [];
    private readonly List<string> _words = [];

    /// <param name="fields">The fields as they were sent.</param>
    public OwnTexts(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        foreach (var (_, value) in fields)
        {
            Add(PlainWords.Of(value));
            if (value.Contains('/', StringComparison.Ordinal))
            {
                // Several words in a row are ours; a single one may be the provider's own.
                var parts = value.Split(PartSigns).Take(MaxParts).Select(PlainWords.Of).ToLookup(part => part.Contains(' ', StringComparison.Ordinal));
                _texts.AddRange(parts[true]);
                _words.AddRange(parts[false]);
            }

            if (value.Contains('\n', StringComparison.Ordinal))
            {
                foreach (var line in value.Split('\n').Take(MaxLines))
                {
                    Add(PlainWords.Of(line));
                }
            }
        }
    }

    /// <summary>A provider's words in the plain form, without what was sent, and without addresses whosever they are.</summary>
    public string TakenOutOf(string words) =>
        PlainWords.Without(PlainWords.Of(words), _texts.Concat(AddressesIn(words)));

    /// <summary>
    /// The same, also without single words of an address that was sent: of <c>https://example.com/apikey</c> a provider may
    /// repeat the name alone.
    /// </summary>
    public string TakenOutWithSingleWords(string words) => PlainWords.Without(TakenOutOf(words), _words);

    // A link that was cut or changed on its way is no whole text of ours, and yet no word of the provider's.
    private static bool IsAddress(string word) => word.Contains("://", StringComparison.Ordinal) || word.Contains("%3A%2F%2F", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> AddressesIn(string words) => words.Split(' ')
        .Where(word => IsAddress(word) || (word.Contains('/', StringComparison.Ordinal) && word.Contains('.', StringComparison.Ordinal)))
        .Select(PlainWords.Of);

    private void Add(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        _texts.Add(text);

        // A provider may leave out how an address begins.
        _texts.AddRange(Openings.Where(opening => text.StartsWith(opening, StringComparison.Ordinal)).Select(opening => text[opening.Length..]));
    }
}
