using System.Text.Json;

namespace PanelServer.Conformance;

/// <summary>One thing that the contract says about an answer.</summary>
/// <param name="Name">In words, for the score card.</param>
/// <param name="Wanted">What the contract says, as it would stand on the wire where that is possible.</param>
/// <param name="Judge">Judges an answer.</param>
internal sealed record Rule(string Name, string Wanted, Func<JsonElement, ConformanceState, CheckOutcome> Judge);

/// <summary>One call, and what the contract says about its answer.</summary>
/// <param name="Action">Where its rules stand on the score card.</param>
/// <param name="Ask">The call, made of what is known so far; null when it cannot be made.</param>
/// <param name="Rules">Judged in their order; the first one often decides whether the others have anything to look at.</param>
internal sealed record Probe(string Action, Func<ConformanceState, Question?> Ask, params Rule[] Rules)
{
    /// <summary>
    /// Beyond what the published pages of this market say: what is missing is noted and costs no point, not even an
    /// answer that is no JSON.
    /// </summary>
    public bool IsExtension { get; init; }

    /// <summary>What its rules count as when the call cannot be made.</summary>
    public CheckOutcome Unasked { get; init; } = new(Outcome.Skip, "there is no service of type Default to ask about");

    /// <summary>What later calls need to know of the answer.</summary>
    public Action<JsonElement, ConformanceState> Learn { get; init; } = (_, _) => { };
}
