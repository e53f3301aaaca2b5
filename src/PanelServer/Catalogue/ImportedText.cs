using System.Text;
using PanelServer.Domain;

namespace PanelServer.Catalogue;

/// <summary>
/// The text of a file that somebody else's program wrote. What is not in the encoding it should be in is refused by its
/// row: read in another one, every letter beyond English would be kept wrong.
/// </summary>
internal static class ImportedText
{
    /// <summary>What is read when nothing is said, or when the file begins with a mark of its own.</summary>
    public const string Default = "utf-8";

    private const int WindowsFirst = 1250;
    private const int WindowsLast = 1258;

    /// <summary>The encodings there are: what spreadsheets write, on Windows by the language of the machine.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Default, "utf-16", "utf-16be", .. Enumerable.Range(WindowsFirst, WindowsLast - WindowsFirst + 1).Select(page => $"windows-{page}")];

    // As other programs call them. The Latin ones are what browsers read them as: the same letters, and a few signs more.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["utf8"] = Default,
        ["utf16"] = "utf-16",
        ["utf-16le"] = "utf-16",
        ["latin1"] = "windows-1252",
        ["iso-8859-1"] = "windows-1252",
        ["latin5"] = "windows-1254",
        ["iso-8859-9"] = "windows-1254",
    };

    /// <summary>Decodes a file whole.</summary>
    /// <param name="path">Its name, for what is said.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="encoding">One of <see cref="Names"/>, or what other programs call it, in any case.</param>
    public static Result<string> Decode(string path, byte[] bytes, string encoding)
    {
        if (Find(encoding) is not { } chosen)
        {
            return new Refusal("incorrect_import.encoding", encoding, string.Join(", ", Names));
        }

        if (Marked(bytes) is var (marked, length))
        {
            (chosen, bytes) = (marked, bytes[length..]);
        }

        try
        {
            return chosen.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            var at = Math.Clamp(error.Index, 0, bytes.Length);
            return new Refusal("incorrect_import.undecodable", path, chosen.WebName, RowOf(bytes.AsSpan(0, at)), Names[^5], Names[^7]);
        }
    }

    private static Encoding? Find(string name)
    {
        name = name.Trim().ToLowerInvariant();
        name = OtherNames.GetValueOrDefault(name, name.StartsWith("cp", StringComparison.Ordinal) ? "windows-" + name[2..] : name);
        var known = Names.FirstOrDefault(known => known == name);
        return known switch
        {
            null => null,
            Default => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            "utf-16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(known, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        };
    }

    /// <summary>What a file says of itself by how it begins.</summary>
    private static (Encoding Encoding, int Length)? Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? (Find(Default)!, 3)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? (Find("utf-16")!, 2)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (Find("utf-16be")!, 2)
        : null;

    /// <summary>The row of a table that a place lies in; the first line is the head, and a line end in quotes ends none.</summary>
    private static Phrase RowOf(ReadOnlySpan<byte> before)
    {
        var (row, isQuoted, isBlank) = (0, false, true);
        foreach (var letter in before)
        {
            isQuoted ^= letter == '"';
            if (letter == '\n' && !isQuoted)
            {
                row += isBlank ? 0 : 1;
                isBlank = true;
            }
            else if (letter is not ((byte)'\r' or (byte)'\n' or 0))
            {
                isBlank = false;
            }
        }

        return row == 0 ? new("row.first_line") : new("row", row);
    }
}
