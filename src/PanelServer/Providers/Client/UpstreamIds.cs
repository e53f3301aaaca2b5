using System.Text.Json;

namespace PanelServer.Providers.Client;

/// <summary>What can be an id of a provider's order, refill or service.</summary>
internal static class UpstreamIds
{
    /// <summary>Characters of the longest id.</summary>
    public const int Longest = 64;

    // Words that a program writes when it has no id.
    private static readonly string[] NoIds =
        ["null", "nil", "none", "true", "false", "undefined", "nan", "error", "fail", "failed"];

    /// <summary>
    /// 1 to 64 printable ASCII characters without blanks or commas (ids are sent in lists): a whole number above zero, or
    /// something that is no number at all. What held our key is no id.
    /// </summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= Longest
        && text.All(letter => letter is > ' ' and <= '~' and not ',')
        && !IsWrongNumber(text)
        && !text.Contains(SecretRedactor.Mask, StringComparison.Ordinal)
        && !NoIds.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>The id that an element is; null when it is none.</summary>
    public static string? IdOf(JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.String } text when IsId(text.GetString()!) => text.GetString(),
        { ValueKind: JsonValueKind.Number } number when Whole(number.GetRawText()) is var digits
            && digits.All(char.IsAsciiDigit) && IsId(digits) => digits,
        _ => null,
    };

    // A program without whole numbers writes 7 as 7.0.
    private static string Whole(string number) =>
        number.IndexOf('.', StringComparison.Ordinal) is > 0 and var point && number[(point + 1)..].All(digit => digit == '0') ? number[..point] : number;

    // Zero, below zero, with a sign or with a fraction. An exponent makes no number of it: "12e4" may be hexadecimal.
    private static bool IsWrongNumber(string text)
    {
        var unsigned = text.TrimStart('+', '-');
        var isNumber = unsigned.Length > 0 && unsigned.All(letter => char.IsAsciiDigit(letter) || letter == '.');
        return isNumber
            && (unsigned.Length < text.Length || text.Contains('.', StringComparison.Ordinal) || text.All(digit => digit == '0'));
    }
}
