using System.Globalization;
using System.Text.Json;

namespace PanelServer.Conformance;

/// <summary>What the contract says about every answer, whatever was asked (docs/contract.md, "Answer").</summary>
internal static class AnswerRules
{
    private const string Action = "answer";

    /// <summary>In this order: an answer that breaks one is not held against the next.</summary>
    private static readonly (string Name, string Wanted, Func<PanelAnswer, CheckOutcome> Judge)[] All =
    [
        ("every call is answered in time", "an answer", answer =>
            answer.Unanswered is { } why ? CheckOutcome.Fail(why) : CheckOutcome.Pass),
        ("no answer is endless", string.Create(CultureInfo.InvariantCulture, $"at most {Bounds.AnswerBytes} bytes"), answer =>
            answer.IsTooLarge ? CheckOutcome.Fail(string.Create(CultureInfo.InvariantCulture, $"more than {Bounds.AnswerBytes} bytes")) : CheckOutcome.Pass),
        ("nothing is redirected", "no redirect: clients lose the body", answer =>
            answer.Status is >= 300 and < 400 ? CheckOutcome.Fail($"{answer.Status} to {answer.Location}") : CheckOutcome.Pass),
        // Some panels mark errors by a status of 4xx, and the text is there all the same.
        ("HTTP status 200, errors included", "200", answer =>
            answer.Status == 200 ? CheckOutcome.Pass
            : answer.Status is >= 400 and < 500 && answer.Json is { } json && Rules.ErrorIn(json) is not null ? CheckOutcome.Note($"{answer.Status} {answer.Body}")
            : CheckOutcome.Fail($"{answer.Status} {answer.Body}")),
        ("the body is JSON", "JSON", answer =>
            answer.Json is null ? CheckOutcome.Fail(answer.Body.Length == 0 ? "an empty body" : answer.Body) : CheckOutcome.Pass),
        ("the content type is application/json", "application/json", answer =>
            answer.ContentType == "application/json" ? CheckOutcome.Pass
            : answer.ContentType.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase) ? CheckOutcome.Note(answer.ContentType)
            : CheckOutcome.Fail(answer.ContentType.Length == 0 ? "none" : answer.ContentType)),
        ("an error says nothing else", """{"error":"text"}""", answer =>
            answer.Json is { ValueKind: JsonValueKind.Object } json && Rules.ErrorIn(json) is not null && Rules.NamesBeside(json, "error").Length > 0
                ? CheckOutcome.Note(answer.Body)
                : CheckOutcome.Pass),
    ];

    /// <summary>Why there is nothing to judge in an answer; null when there is.</summary>
    public static string? Unreadable(PanelAnswer answer)
    {
        foreach (var (_, _, judge) in All.Take(5))
        {
            if (judge(answer) is { Outcome: Outcome.Fail } verdict)
            {
                return verdict.Got;
            }
        }

        return null;
    }

    /// <summary>The marks for all answers together.</summary>
    /// <param name="answers">Each with what was asked.</param>
    public static IEnumerable<CheckMark> Judge(IReadOnlyList<(string About, PanelAnswer Answer)> answers)
    {
        var left = answers;
        foreach (var (name, wanted, judge) in All)
        {
            var judged = left.Select(asked => (asked.About, asked.Answer, Verdict: judge(asked.Answer))).ToList();
            yield return new(Action, name, wanted, false, CheckOutcome.WorstOf(judged.Select(asked => (asked.About, asked.Verdict))));
            left = [.. judged.Where(asked => asked.Verdict.Outcome != Outcome.Fail).Select(asked => (asked.About, asked.Answer))];
        }
    }
}
