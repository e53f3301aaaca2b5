using System.Text.Json;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>Reads answers to status and refill_status.</summary>
internal static class StatusReader
{
    private const int RateDecimals = Domain.Rate.Decimals;
    private const int WordLength = 64;
    private const int SaidLength = 200;
    private const int CurrencyLength = 16;

    private static readonly string[] StartNames = ["start_count", "start_counter"];

    /// <param name="asked">The ids that were asked for; the value has none but these.</param>
    public static ParseResult<IReadOnlyDictionary<string, UpstreamOrder>> Orders(JsonResponse answer, IReadOnlyList<string> asked)
    {
        var items = BatchReader.Items(answer, asked, ItemNames.Orders);
        if (IsOfTheOne(items, asked))
        {
            return new(new Dictionary<string, UpstreamOrder> { [asked[0]] = ErrorOnly(answer, items.Reason) }, "", null);
        }

        var sign = WireNumber.SignOf(items.Value?.Values.Select(item => item.Under("charge")) ?? [], answer.Sign);
        return new(items.Value?.ToDictionary(item => item.Key, item => OrderOf(answer, item.Value, sign)), items.Reason, items.Objection);
    }

    /// <param name="asked">The ids that were asked for; the value has none but these.</param>
    public static ParseResult<IReadOnlyDictionary<string, UpstreamRefill>> Refills(JsonResponse answer, IReadOnlyList<string> asked)
    {
        var items = BatchReader.Items(answer, asked, ItemNames.Refills);
        if (IsOfTheOne(items, asked))
        {
            return new(new Dictionary<string, UpstreamRefill> { [asked[0]] = RefillErrorOnly(answer, items.Reason) }, "", null);
        }

        return new(items.Value?.ToDictionary(item => item.Key, item => RefillOf(answer, item.Value)), items.Reason, items.Objection);
    }

    /// <summary>What a provider names its currency; null when it does not.</summary>
    public static string? Currency(JsonResponse answer, JsonElement json) =>
        json.Under("currency") is { ValueKind: JsonValueKind.String } currency
        && Word(answer, currency, CurrencyLength) is { Length: > 0 } name
        && !name.Contains(SecretRedactor.Mask, StringComparison.Ordinal)
            ? name
            : null;

    /// <summary>Asked about one alone, a provider says its no to that one in the place of the whole answer.</summary>
    private static bool IsOfTheOne(ParseResult<Dictionary<string, JsonElement>> items, IReadOnlyList<string> asked) =>
        asked.Count == 1 && items is { Value: null, Objection: { } objection } && objection.MayBeAboutIt();

    private static UpstreamOrder OrderOf(JsonResponse answer, JsonElement item, DecimalSign sign)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            // A text in the place of an order is what v1 panels say of an id they do not know.
            return ErrorOnly(answer, item.GetString()!);
        }

        var error = ProviderError.UnderError(item) ?? StatusError(item);
        var state = item.Under("status");
        var word = state is { } status ? Word(answer, status, WordLength) : "";
        var charge = WireNumber.Units(item.Under("charge"), RateDecimals, up: true, sign);
        return new()
        {
            Status = error is null ? StatusWords.Order(word) : null,
            Word = word,
            Said = SaidOf(answer, error, state),
            HasFailed = error is null && StatusWords.IsFailure(word),
            Remains = WireNumber.Whole(item.Under("remains"), sign),
            StartCount = StartNames.Select(name => WireNumber.Whole(item.Under(name), sign)).FirstOrDefault(count => count is not null),
            Charge = charge >= 0 ? charge : null,
            ChargeDecimals = WireNumber.DecimalsOf(item.Under("charge"), sign) ?? 0,
            Currency = Currency(answer, item),
            Error = error is null ? null : ErrorOf(answer, error),
        };
    }

    private static UpstreamRefill RefillOf(JsonResponse answer, JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            var said = Word(answer, item, WordLength);
            return StatusWords.Refill(said) is { } known
                ? new() { Status = known, Word = said, Said = SaidOf(answer, null, item) }
                : RefillErrorOnly(answer, item.GetString()!);
        }

        var error = ProviderError.UnderError(item) ?? StatusError(item);
        var state = item.Under("status");
        var word = state is { } status ? Word(answer, status, WordLength) : "";
        return new()
        {
            Status = error is null ? StatusWords.Refill(word) : null,
            Word = word,
            Said = SaidOf(answer, error, state),
            Error = error is null ? null : ErrorOf(answer, error),
        };
    }

    private static UpstreamOrder ErrorOnly(JsonResponse answer, string words) =>
        new() { Error = ErrorOf(answer, words), Said = SaidOf(answer, words, null) };

    private static UpstreamRefill RefillErrorOnly(JsonResponse answer, string words) =>
        new() { Error = ErrorOf(answer, words), Said = SaidOf(answer, words, null) };

    /// <summary>What is said, as it is written: a text in quotes, so that a blank one is seen, too.</summary>
    private static string? SaidOf(JsonResponse answer, string? error, JsonElement? state) =>
        error is not null ? TextSanitizer.Line(answer.Say(error), SaidLength)
        : state is not { } written ? null
        : written.ValueKind == JsonValueKind.String ? $"\"{TextSanitizer.Line(answer.Say(written.GetString()!), WordLength)}\""
        : TextSanitizer.Line(answer.Say(written.GetRawText()), WordLength);

    private static string? StatusError(JsonElement item) =>
        item.Under("status") is { } status ? ProviderError.UnderError(status) : null;

    // Never empty, as it says that there is an error.
    private static string ErrorOf(JsonResponse answer, string words) =>
        answer.Say(words) is { Length: > 0 } said ? said : "an error without words";

    private static string Word(JsonResponse answer, JsonElement json, int most) => TextSanitizer.Line(answer.Say(json.Text() ?? ""), most);
}
