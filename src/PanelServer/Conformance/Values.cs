using System.Globalization;
using System.Text.Json;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Conformance;

/// <summary>
/// What a single value must be, and what the market tolerates in its place: numbers for strings and strings for numbers,
/// other decimals, other spellings. An absent value is of kind Undefined.
/// </summary>
internal static class Values
{
    private static readonly string[] Statuses =
        [.. Enum.GetValues<OrderStatus>().Select(StatusNames.Of)];

    private static readonly string[] RefillStatuses =
        [.. Enum.GetValues<RefillStatus>().Select(StatusNames.Of)];

    /// <summary>States of orders and refills that other panels know and a tolerant client understands.</summary>
    private static readonly string[] ForeignStatuses =
        ["Cancelled", "Refunded", "Fail", "Error", "Awaiting", "InProgress", "In_progress"];

    /// <summary>The value of a key; of kind Undefined when there is none.</summary>
    public static JsonElement At(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A string's text, or a number or a boolean as it is written; empty for everything else.</summary>
    public static string PlainText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };

    /// <summary>How a value is shown.</summary>
    public static string Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "no such key" : value.GetRawText();

    /// <summary>A string that is not empty.</summary>
    public static CheckOutcome Text(JsonElement value) => When(
        value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0, value);

    /// <summary>A plain decimal in a string, such as <c>"0.90"</c>. A number is tolerated.</summary>
    public static CheckOutcome Decimal(JsonElement value) => When(IsDecimal(PlainText(value)), value, JsonValueKind.String);

    /// <summary>A plain decimal in a string with exactly five decimals. Others, and a number, are tolerated.</summary>
    public static CheckOutcome Amount(JsonElement value) =>
        Decimal(value) is { Outcome: Outcome.Pass } && DecimalsOf(value) != Money.Decimals ? CheckOutcome.Note(Raw(value)) : Decimal(value);

    /// <summary>Decimals behind the dot, as written.</summary>
    public static int DecimalsOf(JsonElement value)
    {
        var text = PlainText(value);
        return text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? text.Length - dot - 1 : 0;
    }

    /// <summary>An integer in a string, such as <c>"50"</c>. A number is tolerated.</summary>
    public static CheckOutcome IntegerText(JsonElement value) => When(
        WireText.TryDigits(PlainText(value), out _), value, JsonValueKind.String);

    /// <summary>An id as a number. A string of digits is tolerated.</summary>
    public static CheckOutcome Id(JsonElement value) => When(IsId(PlainText(value)), value, JsonValueKind.Number);

    /// <summary>An id in a string. A number is tolerated.</summary>
    public static CheckOutcome IdText(JsonElement value) => When(IsId(PlainText(value)), value, JsonValueKind.String);

    /// <summary>true or false. 1 and 0 are tolerated.</summary>
    public static CheckOutcome Flag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? CheckOutcome.Pass
        : PlainText(value) is "0" or "1" ? CheckOutcome.Note(Raw(value)) : CheckOutcome.Fail(Raw(value));

    /// <summary>An ISO 4217 code.</summary>
    public static CheckOutcome CurrencyCode(JsonElement value) => When(Currency.IsKnown(PlainText(value)), value, JsonValueKind.String);

    /// <summary>A type's name. Its code, its number, and types that only other panels know are tolerated.</summary>
    public static CheckOutcome TypeName(JsonElement value) =>
        ServiceType.All.Any(type => type.Name == PlainText(value)) ? CheckOutcome.Pass
        : PlainText(value).Length > 0 ? CheckOutcome.Note(Raw(value))
        : CheckOutcome.Fail(Raw(value));

    /// <summary>The state of an order. Another case and the states of other panels are tolerated.</summary>
    public static CheckOutcome Status(JsonElement value) => OneOf(Statuses, value);

    /// <summary>The state of a refill.</summary>
    public static CheckOutcome RefillStatus(JsonElement value) => OneOf(RefillStatuses, value);

    /// <summary>An id as a client with whole numbers reads it: what a panel may be sent tolerantly, it must not answer so.</summary>
    private static bool IsId(string text) => WireText.TryDigits(text, out var id) && id is > 0 and <= Limits.MaxId;

    private static bool IsDecimal(string text) =>
        text.Length > 0
        && char.IsAsciiDigit(text[0])
        && char.IsAsciiDigit(text[^1])
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static CheckOutcome OneOf(string[] names, JsonElement value)
    {
        var text = PlainText(value);
        return names.Contains(text, StringComparer.Ordinal) ? CheckOutcome.Pass
            : names.Concat(ForeignStatuses).Contains(text, StringComparer.OrdinalIgnoreCase) ? CheckOutcome.Note(Raw(value))
            : CheckOutcome.Fail(Raw(value));
    }

    private static CheckOutcome When(bool isRight, JsonElement value, JsonValueKind? kind = null) =>
        !isRight ? CheckOutcome.Fail(Raw(value))
        : kind is null || value.ValueKind == kind ? CheckOutcome.Pass
        : CheckOutcome.Note(Raw(value));
}
