using System.Text;

namespace PanelServer.Tests.Fuzz;

/// <summary>Bodies that are wrong as a whole, and the content types that claim to describe them.</summary>
internal static class BrokenBodies
{
    public const string FormType = "application/x-www-form-urlencoded";
    public const string Form = "key=" + FuzzFixture.Key + "&action=balance";
    public const string Json = """{"key":"sandbox-rich-key","action":"balance"}""";

    // A JSON object to which one more member can be added.
    private const string Open = """{"key":"sandbox-rich-key","action":"balance",""";

    public static IReadOnlyList<string> Types { get; } =
    [
        FormType, "application/json", "APPLICATION/JSON", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x", "multipart/mixed; boundary=x", "text/plain", "text/html", "application/xml",
        "application/octet-stream", FormType + "; charset=utf-16", FormType + "; charset=iso-8859-9",
        FormType + "; charset=nonsense", "application/json; charset=utf-16", "application/json; charset=nonsense",
        "application/vnd.api+json", "x", "", ";", "/",
    ];

    public static IEnumerable<byte[]> Of(string kind) => kind switch
    {
        "forms" => Forms().Select(Encoding.UTF8.GetBytes),
        "jsons" => Jsons().Select(Encoding.UTF8.GetBytes),
        "multiparts" => Multiparts().Select(Encoding.UTF8.GetBytes),
        _ => Bytes(),
    };

    private static string[] Forms() =>
    [
        "", "&", "&&&&", "=", "====", "%", "%zz", "key=%", "key=%zz", "key=%u0041", "key=%e2%82", "key=%00",
        Form + "&%", Form + "&x=%f", Form + "&x=%ff%fe", Form + "&%ff=%fe", Form + "&x=%ed%a0%80", Form + "\0",
        "\0" + Form, Form + ";x=1", Form + "#x", "?" + Form, Form.Replace('&', ';'), "key&action",
        Form + "&[]=1", Form + "&]=1", Form + "&[=1", Form + "&=1", Form + "&a[b][c]=1",
        Form + "&orders[99999999999]=1", Form + "&orders[-1]=1",
        Form + "&" + new string('n', 100_000) + "=1",
        Form + "&x=" + new string('v', 1_000_000),
        Form + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"&p{i}={i}")),
        Form + string.Concat(Enumerable.Repeat("&orders[]=1", 5_000)),
        Form + "&key=other&action=add",
        "action=balance&key[]=" + FuzzFixture.Key,
    ];

    private static string[] Jsons() =>
    [
        "{", "}", "[", "[]", "{}", "null", "true", "1", "\"text\"", "{]", "{\"key\"", "{\"key\":", "{\"key\":}",
        "{key:1}", "{'key':'x'}", Json + "x", Json + Json, "/*c*/" + Json, "\ufeff" + Json, "  \r\n" + Json, Open + "}",
        Open + "\"x\":NaN}", Open + "\"x\":1e999999}", Open + "\"key\":\"other\",\"action\":\"add\"}",
        Open + "\"x\":{\"y\":1}}", Open + "\"x\":[[1]]}", Open + "\"x\":\"\\ud800\"}", Open + "\"\\ud800\":1}",
        Open + "\"x\":\"\\x\"}", new string('[', 100_000), new string('{', 100_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 100_000)),
        Open + "\"x\":" + new string('[', 1_000) + new string(']', 1_000) + "}",
        "{" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\"p{i}\":{i},")) + Json[1..],
        "{\"key\":null,\"action\":null}", "{\"key\":true,\"action\":1}",
        "{\"key\":[\"sandbox-rich-key\"],\"action\":[\"balance\"]}",
    ];

    private static string[] Multiparts()
    {
        const string part = "--x\r\nContent-Disposition: form-data; name=";
        const string key = part + "\"key\"\r\n\r\n" + FuzzFixture.Key + "\r\n";
        const string end = "\r\n\r\nv\r\n--x--\r\n";
        const string whole = key + part + "\"action\"\r\n\r\nbalance\r\n--x--\r\n";
        return
        [
            whole, whole[..^4], whole[..^20], whole[..40], whole + "tail", "head\r\n" + whole, "--x", "--x--",
            "--x\r\n", "--x\r\n\r\n\r\n--x--\r\n", whole.Replace("\r\n", "\n", StringComparison.Ordinal), key + "--y--\r\n",
            "--x\r\nContent-Disposition: form-data" + end,
            "--x\r\nnonsense" + end,
            part + "\"a" + end,
            part + "*=utf-8''%ff" + end,
            part + "\"a\"; filename=\"f.php\"\r\nContent-Type: application/x-php" + end,
            part + "\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--\r\n",
            part + "\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AGE-\r\n--x--\r\n",
            part + "\"a\"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nv\r\n--y--\r\n--x--\r\n",
            part + "\"" + new string('n', 70_000) + "\"" + end,
            part + "\"a\"\r\nX: " + new string('h', 70_000) + end,
            "--x\r\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"X{i}: 1\r\n")) + end,
            string.Concat(Enumerable.Repeat(part + "\"a\"\r\n\r\nv\r\n", 3_000)) + "--x--\r\n",
        ];
    }

    private static IEnumerable<byte[]> Bytes() =>
    [
        [], [0], [0xff, 0xfe], [0xfe, 0xff, 0x00, 0x7b], [0x1f, 0x8b, 0x08, 0x00],
        [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d],
        Encoding.Unicode.GetBytes(Json), Encoding.BigEndianUnicode.GetBytes(Json), Encoding.UTF32.GetBytes(Json),
        [.. Encoding.ASCII.GetBytes(Form), 0xff, 0xc0],
        .. Enumerable.Range(1, 20).Select(seed => Noise(seed * 37)),
    ];

    // The same noise on every run.
    private static byte[] Noise(int seed)
    {
        var bytes = new byte[seed];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
