using System.Globalization;

namespace PanelServer.Domain.Faults;

/// <summary>What goes wrong with a call on purpose, written <c>drop-before</c>, <c>delay:500</c>, <c>status:503</c> …</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Number">Milliseconds of a delay, the HTTP status of a status; 0 for every other kind.</param>
public readonly record struct Fault(FaultKind Kind, int Number)
{
    /// <summary>Milliseconds of a delay at the most.</summary>
    public const int MaxDelay = 60_000;

    public const int MinStatus = 400;
    public const int MaxStatus = 599;

    /// <summary>Every kind as it is written, for the message to a caller who wrote another.</summary>
    public static readonly string Forms = string.Create(
        CultureInfo.InvariantCulture,
        $"drop-after-commit, drop-before, delay:0 to delay:{MaxDelay}, status:{MinStatus} to status:{MaxStatus}, html, malformed, rate-limit");

    /// <summary>Whether the call is carried out all the same.</summary>
    public bool IsCarriedOut => Kind switch
    {
        FaultKind.DropAfterCommit or FaultKind.Delay or FaultKind.Malformed => true,
        FaultKind.DropBefore or FaultKind.Status or FaultKind.Html or FaultKind.RateLimit => false,
    };

    /// <summary>Reads one.</summary>
    /// <returns>False when it is written otherwise, or its number is out of range.</returns>
    public static bool TryParse(string text, out Fault fault)
    {
        Fault? found = text switch
        {
            "drop-after-commit" => new(FaultKind.DropAfterCommit, 0),
            "drop-before" => new(FaultKind.DropBefore, 0),
            "html" => new(FaultKind.Html, 0),
            "malformed" => new(FaultKind.Malformed, 0),
            "rate-limit" => new(FaultKind.RateLimit, 0),
            _ when NumberAfter("delay:", text) is { } milliseconds and <= MaxDelay => new(FaultKind.Delay, milliseconds),
            _ when NumberAfter("status:", text) is { } status and >= MinStatus and <= MaxStatus => new(FaultKind.Status, status),
            _ => null,
        };
        fault = found ?? default;
        return found is not null;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => Kind switch
    {
        FaultKind.DropAfterCommit => "drop-after-commit",
        FaultKind.DropBefore => "drop-before",
        FaultKind.Delay => string.Create(CultureInfo.InvariantCulture, $"delay:{Number}"),
        FaultKind.Status => string.Create(CultureInfo.InvariantCulture, $"status:{Number}"),
        FaultKind.Html => "html",
        FaultKind.Malformed => "malformed",
        FaultKind.RateLimit => "rate-limit",
    };

    private static int? NumberAfter(string word, string text) =>
        text.StartsWith(word, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
