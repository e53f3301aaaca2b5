using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace PanelServer.Tests.OpenApi;

/// <summary>Fields as they are sent, in each encoding the contract takes.</summary>
internal static class FormText
{
    public const string UrlEncoded = "application/x-www-form-urlencoded";

    /// <summary>A message; without a content type the fields become the query string.</summary>
    public static HttpRequestMessage Message(string method, string path, string? contentType, JsonObject fields)
    {
        HttpContent? content = contentType switch
        {
            null => null,
            "multipart/form-data" => Multipart(fields),
            "application/json" => new StringContent(fields.ToJsonString(), Encoding.UTF8, contentType),
            _ => new StringContent(Encoded(fields), Encoding.UTF8, contentType),
        };

        // With the host before it: a path that begins with two slashes would be taken for one.
        var address = new Uri("http://localhost" + (content is null ? $"{path}?{Encoded(fields)}" : path));
        return new(new(method), address) { Content = content };
    }

    private static string Encoded(JsonObject fields)
    {
        var pairs = Pairs(fields).Select(pair => $"{Escaped(pair.Name)}={Escaped(pair.Value)}");
        return string.Join('&', pairs);

        static string? Escaped(string text) => WebUtility.UrlEncode(text);
    }

    private static MultipartFormDataContent Multipart(JsonObject fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Pairs(fields))
        {
            content.Add(new StringContent(value), name);
        }

        return content;
    }

    // In a form a list is its field repeated.
    private static IEnumerable<(string Name, string Value)> Pairs(JsonObject fields) =>
        from field in fields
        from value in field.Value as JsonArray ?? [field.Value?.DeepClone()]
        select (field.Key, $"{value}");
}
