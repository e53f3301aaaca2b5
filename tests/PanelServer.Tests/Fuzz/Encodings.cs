using System.Net.Http.Headers;
using System.Text;

namespace PanelServer.Tests.Fuzz;

/// <summary>The ways in which a parameter can come: the same names and values, written differently.</summary>
internal enum Encodings
{
    Form,
    Multipart,
    JsonText,
    JsonToken,
    Query,
    Get,
}

internal static class EncodingWriter
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string Boundary = "----panel-fuzz";

    // The server's own limit of a request line; beyond it the listener answers before any program sees the request.
    private const int MaxQuery = 7_000;

    /// <summary>Writes the call in one encoding, or nothing where it cannot be said in it.</summary>
    public static HttpRequestMessage? Write(
        Encodings encoding, string path, string key, FuzzCall call, FuzzValue value)
    {
        List<(string Name, FuzzValue Value)> fields = [("key", new(key)), ("action", new(call.Action))];
        fields.AddRange(call.Fields.Select(field => (field.Name, new FuzzValue(field.Value))));
        fields.RemoveAll(field => field.Name == call.Hostile);
        (string, FuzzValue)[] all = [.. fields, (call.Hostile, value)];
        return encoding switch
        {
            Encodings.Form => Post(path, Form(all), FormType),
            Encodings.Multipart => Post(path, Multipart(all), $"multipart/form-data; boundary={Boundary}"),
            Encodings.JsonText => Post(path, Json(fields, call.Hostile, value.Quoted()), "application/json"),
            Encodings.JsonToken => Post(path, Json(fields, call.Hostile, Token(value)), "application/json"),
            Encodings.Query when value.Bytes.Length < MaxQuery / 3 => Post(
                $"{path}?{Escaped([(call.Hostile, value)])}", Form(fields), FormType),
            Encodings.Get when value.Bytes.Length < MaxQuery / 3 =>
                new HttpRequestMessage(HttpMethod.Get, Exactly($"{path}?{Escaped(all)}")),
            Encodings.Query or Encodings.Get => null,
        };
    }

    private static HttpRequestMessage Post(string path, byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpRequestMessage(HttpMethod.Post, Exactly(path)) { Content = content };
    }

    // What is escaped stays escaped on its way out.
    private static Uri Exactly(string pathAndQuery) => new(pathAndQuery, UriKind.Relative);

    private static byte[] Token(FuzzValue value) =>
        value.JsonToken is null ? value.Bytes : Encoding.UTF8.GetBytes(value.JsonToken);

    private static byte[] Form(IEnumerable<(string Name, FuzzValue Value)> fields) =>
        Encoding.ASCII.GetBytes(Escaped(fields));

    private static string Escaped(IEnumerable<(string Name, FuzzValue Value)> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={field.Value.Escaped()}"));

    private static byte[] Multipart(IEnumerable<(string Name, FuzzValue Value)> fields)
    {
        using var body = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            body.Write(Encoding.UTF8.GetBytes(
                $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"));
            body.Write(value.Bytes);
            body.Write("\r\n"u8);
        }

        body.Write(Encoding.UTF8.GetBytes($"--{Boundary}--\r\n"));
        return body.ToArray();
    }

    private static byte[] Json(IEnumerable<(string Name, FuzzValue Value)> fields, string hostile, byte[] token)
    {
        using var body = new MemoryStream();
        body.Write("{"u8);
        foreach (var (name, value) in fields)
        {
            body.Write(new FuzzValue(name).Quoted());
            body.Write(":"u8);
            body.Write(value.Quoted());
            body.Write(","u8);
        }

        body.Write(new FuzzValue(hostile).Quoted());
        body.Write(":"u8);
        body.Write(token);
        body.Write("}"u8);
        return body.ToArray();
    }
}
