using PanelServer.Data;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Providers.Client;

namespace PanelServer.Providers;

/// <summary>What words of one provider mean, as the operator has said it; that comes before what the tables say.</summary>
internal sealed class ProviderWords
{
    private readonly IReadOnlyList<KeyValuePair<string, WordMeaning>> _words;

    private ProviderWords(IReadOnlyList<KeyValuePair<string, WordMeaning>> words) => _words = words;

    public static ProviderWords Of(ReaderPool readers, int provider) => new(readers.Read(provider, static (session, id) => session.Providers.WordsOf(id)));

    /// <summary>The form in which a word is kept and compared; that of a text without letters is itself.</summary>
    public static string Plain(string word) => PlainWords.Of(word) is { Length: > 0 } plain ? plain : word.Trim();

    /// <summary>What a refusal is about that has such words in it; null when nothing is said of them.</summary>
    /// <param name="plain">In the plain form, without what was sent.</param>
    public RejectionReason? Refusal(string plain) => _words
        .Where(word => word.Value >= WordMeaning.Wait && $" {plain} ".Contains($" {word.Key} ", StringComparison.Ordinal))
        .OrderByDescending(word => word.Key.Length)
        .Select(word => (RejectionReason?)About(word.Value))
        .FirstOrDefault();

    /// <summary>The same answer, with the states that such words mean.</summary>
    public QueryResult<IReadOnlyDictionary<string, UpstreamOrder>> Apply(QueryResult<IReadOnlyDictionary<string, UpstreamOrder>> read) =>
        _words.Count == 0 || read.Value is not { } said ? read : read with { Value = said.ToDictionary(one => one.Key, one => Apply(one.Value)) };

    /// <summary>The same answer, with the states that such words mean.</summary>
    public QueryResult<IReadOnlyDictionary<string, UpstreamRefill>> Apply(QueryResult<IReadOnlyDictionary<string, UpstreamRefill>> read) =>
        _words.Count == 0 || read.Value is not { } said ? read : read with { Value = said.ToDictionary(one => one.Key, one => Apply(one.Value)) };

    private UpstreamOrder Apply(UpstreamOrder said) => said.Error is null && State(said.Word) is { } state ? said with { Status = OrderState(state) } : said;

    private UpstreamRefill Apply(UpstreamRefill said) => said.Error is null && State(said.Word) is { } state ? said with { Status = RefillState(state) } : said;

    private WordMeaning? State(string word) => _words
        .Where(one => one.Value <= WordMeaning.Canceled && Joined(one.Key) == Joined(Plain(word)))
        .Select(one => (WordMeaning?)one.Value)
        .FirstOrDefault();

    // "In_progress", "in progress" and "InProgress" are one word.
    private static string Joined(string plain) => plain.Replace(" ", "", StringComparison.Ordinal);

    private static RejectionReason About(WordMeaning meaning) => meaning switch
    {
        WordMeaning.Wait => RejectionReason.Limit,
        WordMeaning.Funds => RejectionReason.Funds,
        WordMeaning.Key => RejectionReason.Key,
        WordMeaning.Service => RejectionReason.Service,
        WordMeaning.Fault => RejectionReason.Fault,
        _ => RejectionReason.Request,
    };

    private static OrderStatus OrderState(WordMeaning state) => state switch
    {
        WordMeaning.Pending => OrderStatus.Pending,
        WordMeaning.Processing => OrderStatus.Processing,
        WordMeaning.InProgress => OrderStatus.InProgress,
        WordMeaning.Completed => OrderStatus.Completed,
        WordMeaning.Partial => OrderStatus.Partial,
        _ => OrderStatus.Canceled,
    };

    private static RefillStatus RefillState(WordMeaning state) => state switch
    {
        WordMeaning.Pending => RefillStatus.Pending,
        WordMeaning.Processing or WordMeaning.InProgress => RefillStatus.InProgress,
        WordMeaning.Completed => RefillStatus.Completed,
        _ => RefillStatus.Rejected,
    };
}
