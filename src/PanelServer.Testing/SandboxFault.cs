using System.Globalization;

namespace PanelServer.Testing;

/// <summary>A way for a call to fail.</summary>
public sealed class SandboxFault
{
    private SandboxFault(string kind) => Kind = kind;

    /// <summary>The call is carried out, and the connection closes without an answer: a <see cref="HttpRequestException"/>.</summary>
    public static SandboxFault DropAfterCommit { get; } = new("drop-after-commit");

    /// <summary>The connection closes before anything is done: to the caller the same as <see cref="DropAfterCommit"/>.</summary>
    public static SandboxFault DropBefore { get; } = new("drop-before");

    /// <summary>The answer is a page of HTML, as a proxy writes one, and nothing is done.</summary>
    public static SandboxFault Html { get; } = new("html");

    /// <summary>The call is carried out, and its answer breaks off in the middle.</summary>
    public static SandboxFault Malformed { get; } = new("malformed");

    /// <summary>The answer is 429, <c>rate_limited</c>, with <c>Retry-After</c>, and nothing is done.</summary>
    public static SandboxFault RateLimit { get; } = new("rate-limit");

    /// <summary>How the control API calls it.</summary>
    internal string Kind { get; }

    /// <summary>The call is carried out, and its answer comes late, in real time.</summary>
    /// <param name="late">How late, in whole milliseconds, up to a minute.</param>
    public static SandboxFault Delay(TimeSpan late) =>
        new(string.Create(CultureInfo.InvariantCulture, $"delay:{(long)late.TotalMilliseconds}"));

    /// <summary>The answer is nothing but an HTTP status, and nothing is done.</summary>
    /// <param name="code">400 to 599.</param>
    public static SandboxFault Status(int code) => new(string.Create(CultureInfo.InvariantCulture, $"status:{code}"));
}
