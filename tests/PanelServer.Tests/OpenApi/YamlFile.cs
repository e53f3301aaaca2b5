using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PanelServer.Tests.OpenApi;

/// <summary>Reads YAML into JSON nodes, so that all else knows one kind of tree. Anchors are expanded.</summary>
internal static partial class YamlFile
{
    public static JsonObject Load(string path)
    {
        using var text = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(text);
        return (JsonObject)Node(yaml.Documents[0].RootNode)!;
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Children.Select(child => KeyValuePair.Create(Name(child.Key), Node(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value!),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => throw new InvalidDataException($"line {node.Start.Line}: not a mapping, a list or a scalar"),
    };

    private static string Name(YamlNode key) => ((YamlScalarNode)key).Value!;

    // The difference between 1 and "1" is half of what the contract promises, so only an unquoted number is a number.
    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ => Number().IsMatch(text) ? JsonNode.Parse(text) : JsonValue.Create(text),
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")]
    private static partial Regex Number();
}
