using System.Text;

namespace PanelServer.Tests.Fuzz;

/// <summary>The values that every parameter of every action must bear.</summary>
internal static class FuzzDictionary
{
    private static readonly string[] Numbers =
    [
        "", " ", "0", "-0", "-1", "1", "99", "100", "101", "2147483647", "2147483648", "-2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808", "999999999999999999", "1e3", "1E400", "NaN", "Infinity", "0x10",
        "010", "1.0", "100.00", "1.", ".0", "1.0.0", "100.5", "undefined", "NULL", "null", "none", "1,5", "1 000", "+1", "１２", "٣", " 100 ", "100\0", "5abc",
    ];

    private static readonly string[] Texts =
    [
        "\u202e", "İ", "ı", "😀", "\r\n", "\n\n\n", "\n", "one\n", "a\nb\nc", "a\r\nb\rc",
        "%00", "%2500", "\0", "a\0b", "\u0085",
        "\ufeff1", "\u00a0",
    ];

    private static readonly string[] Lists =
    [
        @"one\ntwo\nthree", @"one\r\ntwo", @"\n\n", @"\", "[1, 2]", "[1]", "[]", "[[1]]", "['1','2']", "[1,2", "100,100", "|", ",", ",,1,,", "1,1,1", "1;2", "orders[]=1", "orders[0]=1", "1,abc,12345",
    ];

    private static readonly string[] Injections =
    [
        "' OR '1'='1", "1;DROP TABLE orders", "{{7*7}}", "${jndi:ldap://x}", "<img src=x onerror=__pwn()>",
        "javascript:__pwn()", "data:text/html,<script>", "=HYPERLINK(1)", "@SUM", "../../etc/passwd",
        "a\r\nX-Injected: 1",
    ];

    private static readonly string[] Links =
    [
        "http://127.0.0.1:5432", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
        "http://a@b@c/", "http://", "http://[", "https://example.com/\u202e", "file:///etc/passwd", "HTTPS://EXAMPLE.COM",
    ];

    private static readonly string[] Dates = ["31/02/2027", "2027-01-01", "1/1/1970", "31/12/2030", "1/1/99999"];

    public static IReadOnlyList<string> NumberTexts => Numbers;

    /// <summary>Those that are no list of ids either.</summary>
    public static IEnumerable<string> LoneNumberTexts => Numbers.Where(text => !text.Contains(',', StringComparison.Ordinal));

    public static IReadOnlyList<FuzzValue> All { get; } =
    [
        .. new[] { Numbers, Texts, Lists, Injections, Links, Dates }
            .SelectMany(kind => kind).Select(text => new FuzzValue(text)),
        .. Large(),
        .. NotUtf8(),
        .. JsonOnly(),
    ];

    private static IEnumerable<FuzzValue> Large() =>
    [
        new(new string('a', 65_536)),
        new(new string('9', 65_536)),
        new(new string('\n', 5_000)),
        new(string.Join('\n', Enumerable.Repeat("x", 10_001))),
        new(string.Join('\n', Enumerable.Repeat("x", 10_000))),
        new("line of 2001\n" + new string('b', 2_001)),
        new(string.Join(',', Enumerable.Range(1, 100).Select(i => i.ToString("D64", null)))),
        new(string.Join(',', Enumerable.Range(1, 101))),
        new(string.Join(',', Enumerable.Range(1, 1_000))),
        new(string.Join(',', Enumerable.Range(1, 1_001))),
        new("https://example.com/" + new string('p', 2_028)),
        new("https://example.com/" + new string('p', 2_029)),
    ];

    private static IEnumerable<FuzzValue> NotUtf8() =>
    [
        new("bytes ff fe", [0xff, 0xfe], "\"\\uffff\\ufffe\"") { IsText = false },
        new("lone surrogate", [0xed, 0xa0, 0x80], "\"\\ud800\"") { IsText = false },
        new("overlong slash", [0xc0, 0xaf]) { IsText = false },
        new("cut short", [(byte)'1', 0xe2, 0x82]) { IsText = false },
    ];

    private static IEnumerable<FuzzValue> JsonOnly() =>
    [
        Token("null"), Token("true"), Token("false"), Token("[]"), Token("{}"), Token("[1,2]"), Token("[[1]]"),
        Token("[null]"),
        Token("[\"a\",{}]"), Token("{\"a\":1}"), Token("1e3"), Token("-0"), Token("1.0"), Token("1E400"), Token("12345"),
        Token("\"\\ud83d\""), Token("\"\\u0000\""), Token("123456789012345678901234567890"),
        new("deep array", "deep"u8.ToArray(), new string('[', 1_000) + new string(']', 1_000)),
        new("deep object", "deep"u8.ToArray(), Deep()),
        new("1001 items", "many"u8.ToArray(), $"[{string.Join(',', Enumerable.Range(1, 1_001))}]"),
        new("a name again", "twice"u8.ToArray(), "1,\"service\":\"2\",\"order\":\"3\",\"key\":\"4\""),
    ];

    // In the other encodings the token is sent as the text that it is.
    private static FuzzValue Token(string json) => new("token " + json, Encoding.UTF8.GetBytes(json), json);

    private static string Deep() =>
        string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000);
}
