using System.Text;
using System.Text.Json;

namespace PanelServer.ResellerApi;

/// <summary>
/// The key in the first part of a body whose rest is still to come. It decides only whose memory the body is counted to;
/// the gate asks the whole call.
/// </summary>
internal static class EarlyKey
{
    /// <summary>The key; null when it does not stand whole in this part.</summary>
    public static string? Find(ReadOnlySpan<byte> part, string? contentType)
    {
        var text = part.StartsWith("\uFEFF"u8) ? part["\uFEFF"u8.Length..] : part;
        var begin = text.TrimStart(" \t\r\n"u8);
        return begin.StartsWith("{"u8) ? InJson(begin)
            : contentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true ? InMultipart(text)
            : InUrlEncoded(text);
    }

    private static string? InUrlEncoded(ReadOnlySpan<byte> part)
    {
        // What stands behind the last sign may be cut off.
        var end = part.LastIndexOf((byte)'&');
        var form = new ContractForm();
        return end > 0 && FormReader.ReadUrlEncoded(form, part[..end]) ? form.Given(ContractFields.Key) : null;
    }

    private static string? InJson(ReadOnlySpan<byte> part)
    {
        var json = new Utf8JsonReader(part, isFinalBlock: false, state: default);
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = json.ValueTextEquals(ContractFields.Key);
                if (!json.Read())
                {
                    return null;
                }

                if (isKey)
                {
                    return json.TokenType == JsonTokenType.String ? json.GetString() : null;
                }

                if (!json.TrySkip())
                {
                    return null;
                }
            }

            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Nonsense, or half a character is escaped in it: the whole body will be refused.
            return null;
        }
    }

    private static string? InMultipart(ReadOnlySpan<byte> part)
    {
        var name = part.IndexOf("name=\"key\""u8);
        var head = name < 0 ? part.IndexOf("name=key\r"u8) : name;
        if (head < 0)
        {
            return null;
        }

        var rest = part[head..];
        var blank = rest.IndexOf("\r\n\r\n"u8);
        var value = blank < 0 ? default : rest[(blank + "\r\n\r\n"u8.Length)..];
        var end = value.IndexOf("\r\n"u8);
        return end < 0 ? null : Encoding.UTF8.GetString(value[..end]).Trim();
    }
}
