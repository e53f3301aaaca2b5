using System.Buffers;
using System.Globalization;
using System.Text;

namespace PanelServer.Providers.Client;

/// <summary>
/// JSON whose texts hold what no text may: half of a character, bytes that are no UTF-8, a line break as it is. What is wrong
/// is replaced inside the texts alone, so that the document keeps its shape; what is broken elsewhere stays broken.
/// </summary>
internal static class BrokenText
{
    private const int EscapeLength = 6;

    private static readonly byte[] Replacement = "\\ufffd"u8.ToArray();

    /// <summary>Mends the texts of a document.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The document, and where in it something was replaced, in rising order.</returns>
    public static (byte[] Json, List<int> Places) Mend(ReadOnlySpan<byte> json)
    {
        var mended = new ArrayBufferWriter<byte>(json.Length + EscapeLength);
        var places = new List<int>();
        var isText = false;
        while (!json.IsEmpty)
        {
            var (length, replacement) = isText ? Next(json) : (1, null);
            if (replacement is not null)
            {
                places.Add(mended.WrittenCount);
                mended.Write(replacement);
            }
            else
            {
                isText ^= json[0] == (byte)'"';
                mended.Write(json[..length]);
            }

            json = json[length..];
        }

        return (mended.WrittenSpan.ToArray(), places);
    }

    /// <summary>How long the next piece of a text is, and what is to be written in its place; null when it may stay.</summary>
    private static (int Length, byte[]? Replacement) Next(ReadOnlySpan<byte> text)
    {
        if (text[0] < ' ')
        {
            return (1, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[0]:x4}")));
        }

        if (text[0] == (byte)'\\')
        {
            if (Unit(text) is not { } unit)
            {
                return (Math.Min(2, text.Length), null);
            }

            var isPair = char.IsHighSurrogate(unit) && text.Length > EscapeLength && Unit(text[EscapeLength..]) is { } low && char.IsLowSurrogate(low);
            return isPair ? (2 * EscapeLength, null) : (EscapeLength, char.IsSurrogate(unit) ? Replacement : null);
        }

        return Rune.DecodeFromUtf8(text, out _, out var length) == OperationStatus.Done ? (length, null) : (Math.Max(length, 1), Replacement);
    }

    /// <summary>The character that an escape of four digits stands for; null when there is none.</summary>
    private static char? Unit(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text[0] == (byte)'\\' && text[1] == (byte)'u'
        && ushort.TryParse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
