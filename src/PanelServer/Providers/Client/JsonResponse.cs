using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>An answer as far as it is JSON, and the words to speak of it.</summary>
internal sealed class JsonResponse
{
    private const int MaxDepth = 32;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    private readonly SecretRedactor _mask;
    private readonly Lazy<OwnTexts> _own;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<int> _mended = [];

    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, whole.</param>
    /// <param name="mask">Takes the key out of what is said.</param>
    /// <param name="sign">What the provider writes before decimals, as far as that is known.</param>
    /// <param name="sent">What was sent, without key and action: a provider may repeat it.</param>
    public JsonResponse(
        int status,
        ReadOnlyMemory<byte> body,
        SecretRedactor mask,
        DecimalSign sign = DecimalSign.Unknown,
        IEnumerable<KeyValuePair<string, string>>? sent = null)
    {
        Status = status;
        Sign = sign;
        _mask = mask;
        _own = new(() => sent is null ? OwnTexts.None : new([.. sent]));
        _body = Masked(body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body, mask);
        (Json, Unreadable) = Parse(_body);
    }

    private JsonResponse(JsonResponse broken, byte[] json, List<int> places)
        : this(broken.Status, json, broken._mask, broken.Sign) => (_mended, _own) = (places, broken._own);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>What the provider writes before decimals, as far as that is known.</summary>
    public DecimalSign Sign { get; }

    /// <summary>Null when it cannot be read as JSON that says one thing.</summary>
    public JsonElement? Json { get; }

    /// <summary>Why not.</summary>
    public string Unreadable { get; }

    /// <summary>It was answered, and answered well.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>
    /// The panel has understood the call and refuses it. Not so 408 and 499: they come from in front of the panel,
    /// which may have taken the call.
    /// </summary>
    public bool IsRefusal => Status is >= 400 and < 500 and not (408 or 499);

    /// <summary>The reason why an answer is not used.</summary>
    public string Doubt()
    {
        var error = Json is { } json ? ProviderError.UnderError(json) : null;
        return Say($"HTTP {Status}; {(error is null ? Unreadable : $"it says: {error}")}".TrimEnd(' ', ';'));
    }

    /// <summary>The provider's own words in the plain form, without what it repeats of ours.</summary>
    public string Plain(string words) => _own.Value.TakenOutOf(WithoutKey(words));

    /// <summary>What a no is about.</summary>
    public RejectionReason About(string words)
    {
        var about = RejectionClassifier.Of(_own.Value.TakenOutWithSingleWords(WithoutKey(words)), Status);
        if (about != RejectionReason.Unclear)
        {
            return about;
        }

        // A word such as "user" or "maintenance" may be the provider's own word after all; where it is not, no more comes of
        // it than that this order is rejected or waits.
        var whole = RejectionClassifier.Of(Plain(words), Status);
        return whole.MayBeAboutIt() || whole is RejectionReason.Rate or RejectionReason.Busy or RejectionReason.Limit ? whole : about;
    }

    /// <summary>Any words as one line without the key, short enough for a reason.</summary>
    public string Say(string words) => TextSanitizer.Line(_mask.Redact(TextSanitizer.Line(words, words.Length)), TextSanitizer.ReasonLength);

    /// <summary>The same, with what cannot be read inside its texts replaced; itself when that makes it no more readable.</summary>
    public JsonResponse Mended()
    {
        if (Json is not null)
        {
            return this;
        }

        var (json, places) = BrokenText.Mend(_body.Span.Trim(Blanks));
        return places.Count > 0 && new JsonResponse(this, json, places) is { Json: not null } mended ? mended : this;
    }

    /// <summary>Whether something was replaced within a part of the answer.</summary>
    public bool IsMended(JsonElement part)
    {
        if (_mended.Count == 0 || !JsonMarshal.GetRawUtf8Value(Json!.Value).Overlaps(JsonMarshal.GetRawUtf8Value(part), out var begin))
        {
            return false;
        }

        var at = _mended.BinarySearch(begin);
        at = at < 0 ? ~at : at;
        return at < _mended.Count && _mended[at] < begin + JsonMarshal.GetRawUtf8Value(part).Length;
    }

    /// <summary>Any words as one line without the key.</summary>
    /// <param name="most">The most Unicode scalar values.</param>
    public string Clean(string words, int most) => TextSanitizer.Line(_mask.Redact(words), most);

    // What stands in the place of the key is no word of the provider's.
    private string WithoutKey(string words) => _mask.Redact(words).Replace(SecretRedactor.Mask, " ", StringComparison.Ordinal);

    // Here once, so that no id, name, word or currency that is read from it later can hold the key.
    private static ReadOnlyMemory<byte> Masked(ReadOnlyMemory<byte> body, SecretRedactor mask) =>
        Utf8.IsValid(body.Span) && mask.HideInJson(body.Span) is { } masked ? masked : body;

    private static (JsonElement? Json, string Unreadable) Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return (null, "the answer is not UTF-8");
        }

        var text = body.Span.Trim(Blanks);
        if (text.IsEmpty)
        {
            return (null, "the answer is empty");
        }

        try
        {
            ReadTexts(text);
            try
            {
                return (JsonElement.Parse(text, Strict), "");
            }
            catch (JsonException)
            {
                // Names that come twice are harmless as long as they say the same.
                var json = JsonElement.Parse(text, Lenient);
                return IsOfOneMind(json) ? (json, "") : (null, "the answer says two things under one name");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return (null, text[0] == '<' ? "the answer is HTML" : "the answer is not JSON");
        }
    }

    /// <summary>A document is taken with texts that cannot be read, such as half characters; they would be found too late.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text cannot be read.</exception>
    private static void ReadTexts(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped
                ? reader.GetString()
                : null;
        }
    }

    private static bool IsOfOneMind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => IsObjectOfOneMind(json),
        JsonValueKind.Array => json.EnumerateArray().All(IsOfOneMind),
        _ => true,
    };

    private static bool IsObjectOfOneMind(JsonElement json)
    {
        var seen = new Dictionary<string, JsonElement>();
        foreach (var property in json.EnumerateObject())
        {
            if (!IsOfOneMind(property.Value)
                || (!seen.TryAdd(property.Name, property.Value)
                    && !JsonElement.DeepEquals(seen[property.Name], property.Value)))
            {
                return false;
            }
        }

        return true;
    }
}
