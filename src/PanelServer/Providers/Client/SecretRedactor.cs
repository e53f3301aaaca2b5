using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PanelServer.Providers.Client;

/// <summary>
/// Takes a key out of texts, in each spelling in which a provider may send it back: any of its characters may be written
/// as itself in either case, percent-encoded, as a JSON escape or as an HTML entity, and the whole in base64 or as
/// hexadecimal digits.
/// </summary>
internal sealed class SecretRedactor
{
    /// <summary>What stands in the place of the key.</summary>
    public const string Mask = "[key]";

    /// <summary>
    /// A shorter key is part of many a word: it is taken out only where it stands alone, and never out of digits, as it
    /// would be found in every number.
    /// </summary>
    public const int ShortKey = 8;

    /// <summary>A key as short as this says nothing that could be kept secret, and is left alone.</summary>
    private const int NoSecret = 3;

    /// <summary>Characters of the longest spelling of one character, such as <c>&amp;amp;#x00041;</c>.</summary>
    private const int MaxSpelling = 16;

    private const int BitsOfByte = 8;
    private const int BitsOfDigit = 6;
    private const int BytesOfGroup = 3;

    private static readonly Dictionary<char, string> Entities = new()
    {
        ['&'] = "amp",
        ['<'] = "lt",
        ['>'] = "gt",
        ['"'] = "quot",
        ['\''] = "apos",
    };

    private readonly Regex? _spelled;

    public SecretRedactor(string key)
    {
        var isShort = key.Length < ShortKey;
        if (key.Length <= NoSecret || (isShort && key.All(char.IsAsciiDigit)))
        {
            return;
        }

        // What is all digits is no part of a longer number.
        var edge = isShort ? "[0-9A-Za-z]" : key.All(char.IsAsciiDigit) ? "[0-9]" : null;
        var forms = isShort ? [Spelled(key)] : (IEnumerable<string>)[Spelled(key), Convert.ToHexString(Encoding.UTF8.GetBytes(key)), .. Base64Of(key)];
        var any = string.Join('|', forms);
        _spelled = new(
            edge is null ? any : $"(?<!{edge})(?:{any})(?!{edge})",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        Longest = key.Length * MaxSpelling;
    }

    /// <summary>Characters of the longest spelling; 0 when there is nothing to hide.</summary>
    public int Longest { get; }

    /// <summary>A text without the key.</summary>
    public string Redact(string text) => _spelled is null ? text : _spelled.Replace(text, Mask);

    /// <summary>A body in JSON without the key; what stood there as a number becomes a text.</summary>
    /// <returns>Null when the key is not in it.</returns>
    public byte[]? HideInJson(ReadOnlySpan<byte> body)
    {
        if (_spelled is null)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(body);
        return _spelled.IsMatch(text)
            ? Encoding.UTF8.GetBytes(_spelled.Replace(text, match => IsNumber(text, match) ? $"\"{Mask}\"" : Mask))
            : null;
    }

    private static bool IsNumber(string text, Match match) =>
        match.Value.All(char.IsAsciiDigit)
        && (match.Index == 0 || text[match.Index - 1] is ':' or '[' or ',' || char.IsWhiteSpace(text[match.Index - 1]))
        && (match.Index + match.Length == text.Length || text[match.Index + match.Length] is ',' or ']' or '}' || char.IsWhiteSpace(text[match.Index + match.Length]));

    private static string Spelled(string text) => string.Concat(text.Select(letter => Spelled(letter, Regex.Escape(letter.ToString()))));

    // What is repeated in these is bounded, so that no body is worth more than one look at each of its characters.
    private static string Spelled(char letter, string itself)
    {
        var hex = ((int)letter).ToString("x2", CultureInfo.InvariantCulture);
        var number = ((int)letter).ToString(CultureInfo.InvariantCulture);
        var named = Entities.TryGetValue(letter, out var name) ? $"|&(?:amp;){{0,2}}{name};?" : "";
        var escaped = char.IsAsciiLetterOrDigit(letter) ? "" : @"\\{0,4}";
        return $@"(?:{escaped}{itself}|%(?:25){{0,2}}{hex}|\\{{1,4}}u00{hex}|\\{{1,4}}x{hex}|&(?:amp;){{0,2}}#(?:0{{0,4}}{number}|x0{{0,4}}{hex});?{named})";
    }

    /// <summary>
    /// What a text holds in base64 that has the key in it: the digits that depend on nothing but the key, for each of the
    /// three places in a group where it may begin.
    /// </summary>
    private static IEnumerable<string> Base64Of(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        for (var before = 0; before < BytesOfGroup; before++)
        {
            var digits = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * BitsOfByte) + BitsOfDigit - 1) / BitsOfDigit;
            var end = (before + bytes.Length) * BitsOfByte / BitsOfDigit;
            yield return $"(?-i:{string.Concat(digits[first..end].Select(Digit))})";
        }
    }

    // Two digits of base64 have other names where they stand in addresses, and all are spelled as other characters are.
    private static string Digit(char digit) => digit switch
    {
        '+' => $"(?:{Spelled('+', @"\+")}|%2B|-)",
        '/' => $"(?:{Spelled('/', "/")}|%2F|_)",
        _ => digit.ToString(),
    };
}
