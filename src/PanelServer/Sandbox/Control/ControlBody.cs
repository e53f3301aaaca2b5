using System.Text.Json;
using System.Text.Unicode;
using PanelServer.Domain;

namespace PanelServer.Sandbox.Control;

/// <summary>
/// The JSON object of a control call, read strictly: a mistake is an error, never guessed at. Ask for each
/// property, then for <see cref="End"/>, which says what was wrong first.
/// </summary>
internal sealed class ControlBody
{
    /// <summary>Bytes of a body: every control call fits many times.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxShown = 60;

    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private string? _wrong;

    private ControlBody()
    {
    }

    /// <summary>Reads a body; an empty one has no properties.</summary>
    public static Result<ControlBody> Read(ReadOnlyMemory<byte> utf8)
    {
        var body = new ControlBody();
        if (utf8.IsEmpty)
        {
            return body;
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return Incorrect("the body is not UTF-8");
        }

        try
        {
            using var json = JsonDocument.Parse(utf8);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? body.Take(json.RootElement.Clone())
                : Incorrect($"the body must be a JSON object, not {Kind(json.RootElement)}");
        }
        catch (JsonException error)
        {
            return Incorrect($"the body is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
    }

    /// <summary>A text; null when it is not given.</summary>
    public string? Text(string name)
    {
        if (Find(name, JsonValueKind.String, "a text") is not { } value)
        {
            return null;
        }

        return TextOf(value) ?? Wrong<string>($"{name} is not text: half a character is escaped in it");
    }

    /// <summary>A whole number; null when it is not given.</summary>
    public long? Integer(string name) =>
        Find(name, JsonValueKind.Number, "a whole number") is not { } value ? null
        : value.TryGetInt64(out var number) ? number
        : Wrong<long?>($"{name} must be a whole number, not {Shown(value.GetRawText())}");

    /// <summary>True or false; null when it is not given.</summary>
    public bool? Flag(string name)
    {
        Ask(name);
        if (!_left.Remove(name, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : Wrong<bool?>($"{name} must be true or false, not {Kind(value)}");
    }

    /// <summary>A plain decimal, as a text or as a number; null when it is not given.</summary>
    public string? Decimal(string name) =>
        _left.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? Find(name, JsonValueKind.Number, "a number")?.GetRawText()
            : Text(name);

    /// <summary>One of some words; null when it is not given.</summary>
    public TWord? Word<TWord>(string name, IReadOnlyList<TWord> words, Func<TWord, string> wording)
        where TWord : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (var word in words)
        {
            if (wording(word) == text)
            {
                return word;
            }
        }

        return Wrong<TWord?>($"{name} must be one of {string.Join(", ", words.Select(wording))}, not {Shown(text)}");
    }

    /// <summary>Says that something that must be given is not.</summary>
    public T? Missing<T>(string name) => Wrong<T>($"{name} is missing");

    /// <summary>Why the body is refused; null when every property was asked for and is as it should be.</summary>
    public Refusal? End()
    {
        if (_wrong is null && _left.Count > 0)
        {
            var known = _asked.Count == 0 ? "this call takes none" : $"known here: {string.Join(", ", _asked)}";
            _wrong = $"unknown property {Shown(_left.Keys.First())}; {known}";
        }

        return _wrong is null ? null : Incorrect(_wrong);
    }

    /// <summary>A text as one line of an error can show it.</summary>
    public static string Shown(string text) =>
        text.Length == 0 ? "an empty text"
        : !WireText.IsLine(text, Limits.LineLength) ? "that"
        : text.Length <= MaxShown ? $"\"{text}\""
        : $"\"{text[..MaxShown]}…\"";

    private Result<ControlBody> Take(JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                return Incorrect("a property's name is not text: half a character is escaped in it");
            }

            if (!_left.TryAdd(name, property.Value))
            {
                return Incorrect($"{Shown(name)} is given twice");
            }
        }

        return this;
    }

    private JsonElement? Find(string name, JsonValueKind kind, string what)
    {
        Ask(name);
        return !_left.Remove(name, out var value) ? null
            : value.ValueKind == kind ? value
            : Wrong<JsonElement?>($"{name} must be {what}, not {Kind(value)}");
    }

    private void Ask(string name)
    {
        if (!_asked.Contains(name))
        {
            _asked.Add(name);
        }
    }

    private T? Wrong<T>(string what)
    {
        _wrong ??= what;
        return default;
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Refusal Incorrect(string line) => new("control", line);

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
