using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Texts;

/// <summary>The arguments of a phrase as JSON, to be stored beside its code: texts, and phrases within as {"code", "args"}.</summary>
internal static class PhraseJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The arguments as they are stored.</summary>
    public static string ArgsOf(Phrase phrase) => Args(phrase).ToJsonString(Readable);

    /// <summary>A phrase as alerts and reviews store it.</summary>
    public static StoredPhrase Stored(Phrase phrase) => new(CommandLineTexts.Of(phrase), phrase.Code, ArgsOf(phrase));

    /// <summary>A stored phrase.</summary>
    public static Phrase Read(string code, string args) => Read(code, JsonNode.Parse(args)!.AsArray());

    private static Phrase Read(string code, JsonArray args) => new(code, [.. args.Select(ReadArg)]);

    private static object? ReadArg(JsonNode? arg) => arg switch
    {
        null => null,
        JsonObject part => Read((string)part["code"]!, part["args"]!.AsArray()),
        JsonArray parts => parts.Select(part => (Phrase)ReadArg(part)!).ToList(),
        _ => (string)arg!,
    };

    private static JsonArray Args(Phrase phrase) => new([.. phrase.Args.Select(WriteArg)]);

    private static JsonNode? WriteArg(object? arg) => arg switch
    {
        null => null,
        Phrase part => new JsonObject { ["code"] = part.Code, ["args"] = Args(part) },
        IEnumerable<Phrase> parts => new JsonArray([.. parts.Select(WriteArg)]),
        _ => Convert.ToString(arg, CultureInfo.InvariantCulture),
    };
}
