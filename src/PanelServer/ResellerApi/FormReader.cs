using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace PanelServer.ResellerApi;

/// <summary>Reads the encodings a call may come in; each answers false when the text is none of its kind.</summary>
internal static class FormReader
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const int StackBytes = 1024;

    // An object of scalars and arrays of scalars is two levels; a third is found by the reader and refused.
    private const int JsonDepth = 8;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a body by its looks first and its content type second.</summary>
    public static async ValueTask<bool> ReadBodyAsync(ContractForm form, ReadOnlyMemory<byte> body, string? contentType)
    {
        var text = WithoutMark(body);
        var begin = text.Span.TrimStart(" \t\r\n"u8);
        if (begin.IsEmpty)
        {
            return true;
        }

        if (begin[0] == (byte)'{')
        {
            return ReadJson(form, text.Span);
        }

        // What nearly every client says, without the work of reading a header.
        if (UrlEncoded.Equals(contentType, StringComparison.OrdinalIgnoreCase))
        {
            return ReadUrlEncoded(form, text.Span);
        }

        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed : null;
        return type?.MediaType.Value switch
        {
            { } name when name.Equals("application/json", StringComparison.OrdinalIgnoreCase) => false,
            { } name when name.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) =>
                await ReadMultipartAsync(form, body, HeaderUtilities.RemoveQuotes(type.Boundary).Value),
            _ => ReadUrlEncoded(form, text.Span),
        };
    }

    /// <summary>Reads <c>name=value&amp;…</c>, decoding percent signs and pluses once.</summary>
    public static bool ReadUrlEncoded(ContractForm form, ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? default : pair[(equals + 1)..];
            if (!TryDecode(name, out var decodedName)
                || !TryDecode(value, out var decodedValue)
                || !form.Add(decodedName, decodedValue))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, out string decoded)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return TryString(text, out decoded);
        }

        var rented = text.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        var bytes = rented ?? stackalloc byte[StackBytes];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '%' && at + 2 < text.Length
                && char.IsAsciiHexDigit((char)text[at + 1]) && char.IsAsciiHexDigit((char)text[at + 2]))
            {
                letter = (byte)((HexValue(text[at + 1]) << 4) | HexValue(text[at + 2]));
                at += 2;
            }
            else if (letter == '+')
            {
                letter = (byte)' ';
            }

            bytes[length++] = letter;
        }

        var isText = TryString(bytes[..length], out decoded);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return isText;
    }

    private static int HexValue(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static bool TryString(ReadOnlySpan<byte> utf8, out string text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            text = "";
            return false;
        }

        text = Utf8.GetString(utf8);
        return true;
    }

    private static bool ReadJson(ContractForm form, ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonDepth });
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                if (!ReadValue(form, name, ref json))
                {
                    return false;
                }
            }

            return !json.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is half a surrogate pair in a string.
            return false;
        }
    }

    private static bool ReadValue(ContractForm form, string name, ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return json.TokenType != JsonTokenType.StartObject
                && (ScalarOf(ref json) is not { } value || form.Add(name, value));
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
                || (ScalarOf(ref json) is { } element && !form.Add(name + "[]", element)))
            {
                return false;
            }
        }

        return true;
    }

    private static string? ScalarOf(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => json.GetString(),
        _ => Utf8.GetString(json.ValueSpan),
    };

    private static async ValueTask<bool> ReadMultipartAsync(ContractForm form, ReadOnlyMemory<byte> body, string? boundary)
    {
        if (string.IsNullOrEmpty(boundary))
        {
            return false;
        }

        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            var parts = new MultipartReader(boundary, stream);
            while (await parts.ReadNextSectionAsync() is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
                    || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name)
                {
                    return false;
                }

                using var value = new MemoryStream();
                await part.Body.CopyToAsync(value);
                if (!TryString(value.GetBuffer().AsSpan(0, (int)value.Length), out var text) || !form.Add(name, text))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;
}
