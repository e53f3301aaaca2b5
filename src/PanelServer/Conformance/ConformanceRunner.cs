namespace PanelServer.Conformance;

/// <summary>The options of a conformance run.</summary>
/// <param name="Orders">Orders may be placed.</param>
/// <param name="Service">The service to ask about and to order; null = the cheapest one that fits.</param>
/// <param name="Link">What orders are for; null = an address that leads nowhere.</param>
internal sealed record ConformanceOptions(bool Orders, int? Service, string? Link);

/// <summary>How a judgement ended: with a score card, or with one line that says why there is none.</summary>
internal sealed record ConformanceResult(ConformanceReport? Card, string WhyNot = "");

/// <summary>Judges a panel by what it answers: asks, judges, learns, one call after the other.</summary>
/// <param name="address">The endpoint.</param>
/// <param name="key">The key of a reseller there; never shown.</param>
/// <param name="bounds">How long to wait.</param>
internal sealed class ConformanceRunner(Uri address, string key, Bounds bounds)
{
    private readonly List<CheckMark> _marks = [];
    private readonly List<(string About, PanelAnswer Answer)> _answers = [];

    /// <summary>Judges the panel.</summary>
    /// <param name="options">What may be done.</param>
    /// <param name="tag">A name that no other judgement has.</param>
    /// <param name="progress">Told the share of calls that are made.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ConformanceResult> RunAsync(ConformanceOptions options, string tag, IProgress<double> progress, CancellationToken cancel)
    {
        using var client = new PanelClient(address, key, bounds);
        var facts = new ConformanceState(options, tag);
        Probe[] probes = options.Orders ? [.. ReadingProbes.All, .. OrderProbes.All] : [.. ReadingProbes.All];
        for (var at = 0; at < probes.Length; at++)
        {
            progress.Report((double)at / probes.Length);
            if (probes[at].Ask(facts) is not { } question)
            {
                MarkAll(probes[at], facts.KnowsServices ? probes[at].Unasked : new(Outcome.Open, "the list of services could not be read"));
                continue;
            }

            var answer = await client.AskAsync(question, cancel);
            if (at == 0 && WhyHopeless(answer) is { } why)
            {
                return new(null, Shown.Line(Shown.Without(key, why)));
            }

            Take(probes[at], answer, facts);
            if (facts.NoService is { } missing)
            {
                return new(null, missing);
            }
        }

        return new(new([.. AnswerRules.Judge(_answers).Select(Safe), .. _marks.Select(Safe)], facts.Placed));
    }

    /// <summary>The first answer tells whether there is a panel to judge at all, and whether it knows the key.</summary>
    private static string? WhyHopeless(PanelAnswer answer) =>
        answer.Unanswered is { } silence ? $"does not answer: {silence}"
        : answer.Location.Length > 0 ? $"redirects to {answer.Location}; judge that address"
        : AnswerRules.Unreadable(answer) is { } unreadable ? $"is no panel, or not well: it answers {unreadable}"
        : Rules.ErrorIn(answer.Json!.Value) is { } error ? $"refuses even to tell the balance: {error}"
        : null;

    private void Take(Probe probe, PanelAnswer answer, ConformanceState facts)
    {
        if (!probe.IsExtension)
        {
            _answers.Add((probe.Action, answer));
        }

        if (AnswerRules.Unreadable(answer) is { } unreadable)
        {
            MarkAll(probe, new(probe.IsExtension ? Outcome.Note : Outcome.Open, unreadable));
            return;
        }

        var json = answer.Json!.Value;
        CheckOutcome? end = null;
        foreach (var rule in probe.Rules)
        {
            var verdict = end ?? rule.Judge(json, facts);
            if (verdict.EndsProbe && end is null)
            {
                end = verdict.Outcome == Outcome.Fail
                    ? new(Outcome.Open, "the answer has nothing to look at")
                    : new(Outcome.Skip, "the answer is of another kind");
            }

            Mark(probe, rule, verdict);
        }

        if (end is null)
        {
            probe.Learn(json, facts);
        }
    }

    private void MarkAll(Probe probe, CheckOutcome verdict)
    {
        foreach (var rule in probe.Rules)
        {
            Mark(probe, rule, verdict);
        }
    }

    private void Mark(Probe probe, Rule rule, CheckOutcome verdict) =>
        _marks.Add(new(
            probe.Action,
            rule.Name,
            rule.Wanted,
            probe.IsExtension,
            probe.IsExtension && verdict.Outcome is (Outcome.Fail or Outcome.Open) ? verdict with { Outcome = Outcome.Note } : verdict));

    /// <summary>What a stranger said, fit to be shown.</summary>
    private CheckMark Safe(CheckMark mark)
    {
        var got = Shown.Line(Shown.Without(key, mark.Verdict.Got));
        return mark with { Verdict = mark.Verdict with { Got = mark.Verdict.Others == 0 ? got : $"{got} (and {mark.Verdict.Others} more)" } };
    }
}
