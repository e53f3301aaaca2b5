namespace PanelServer.Conformance;

/// <summary>How a check ended.</summary>
internal enum Outcome
{
    /// <summary>As the contract says.</summary>
    Pass,

    /// <summary>Otherwise, in a way that this market tolerates: costs no point.</summary>
    Note,

    /// <summary>A deviation.</summary>
    Fail,

    /// <summary>Could not be judged, because of a deviation elsewhere: counts as not passed.</summary>
    Open,

    /// <summary>Does not apply to this panel: does not count.</summary>
    Skip,
}

/// <summary>What one check found.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Got">What was there instead of what was wanted; empty when that was there.</param>
internal sealed record CheckOutcome(Outcome Outcome, string Got = "")
{
    public static readonly CheckOutcome Pass = new(Outcome.Pass);

    /// <summary>How many others there are of the same kind.</summary>
    public int Others { get; private init; }

    /// <summary>The checks that follow on the same answer have nothing to look at.</summary>
    public bool EndsProbe { get; private init; }

    public static CheckOutcome Note(string got) => new(Outcome.Note, got);

    public static CheckOutcome Fail(string got) => new(Outcome.Fail, got);

    /// <summary>The same, and what follows on this answer cannot be judged.</summary>
    public CheckOutcome AndEnd() => this with { EndsProbe = true };

    /// <summary>The worst of many; the first of its kind is shown, the others are counted.</summary>
    /// <param name="verdicts">Each with the name of what it is about.</param>
    public static CheckOutcome WorstOf(IEnumerable<(string About, CheckOutcome Verdict)> verdicts)
    {
        var worst = Pass;
        foreach (var (about, verdict) in verdicts)
        {
            if (verdict.Outcome > worst.Outcome)
            {
                worst = verdict with { Got = $"{about}: {verdict.Got}" };
            }
            else if (verdict.Outcome == worst.Outcome && verdict.Outcome != Outcome.Pass)
            {
                worst = worst with { Others = worst.Others + 1 };
            }
        }

        return worst;
    }
}
