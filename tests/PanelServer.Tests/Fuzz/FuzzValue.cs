using System.Globalization;
using System.Text;

namespace PanelServer.Tests.Fuzz;

/// <summary>
/// One hostile value: its bytes, which need not be UTF-8, and how it stands in JSON when it is more than a string.
/// </summary>
internal sealed record FuzzValue(string Label, byte[] Bytes, string? JsonToken = null)
{
    public FuzzValue(string text)
        : this(text, Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>True when every encoding can carry exactly these bytes as text.</summary>
    public bool IsText { get; init; } = true;

    /// <summary>The bytes in a form body or a query string.</summary>
    public string Escaped() => string.Concat(Bytes.Select(Escape));

    private static string Escape(byte b) => char.IsAsciiLetterOrDigit((char)b)
        ? ((char)b).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"%{b:x2}");

    /// <summary>The bytes as a JSON string; what is not UTF-8 stays as it is.</summary>
    public byte[] Quoted()
    {
        using var json = new MemoryStream(Bytes.Length + 2);
        json.WriteByte((byte)'"');
        foreach (var b in Bytes)
        {
            json.Write(b switch
            {
                (byte)'"' => "\\\""u8,
                (byte)'\\' => "\\\\"u8,
                < 0x20 => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{b:x4}")),
                _ => [b],
            });
        }

        json.WriteByte((byte)'"');
        return json.ToArray();
    }

    public override string ToString() => Label.Length > 60 ? $"{Label[..60]}… ({Bytes.Length} bytes)" : Label;
}
