namespace PanelServer.Conformance;

/// <summary>One line of a score card.</summary>
/// <param name="Action">The action it belongs to, or what else the contract speaks of: the answer, the key, the request.</param>
/// <param name="Name">What was checked, in words.</param>
/// <param name="Wanted">What the contract says.</param>
/// <param name="IsExtension">Beyond what this market agrees on: shown, not counted.</param>
/// <param name="Verdict">What was found.</param>
internal sealed record CheckMark(string Action, string Name, string Wanted, bool IsExtension, CheckOutcome Verdict)
{
    public Outcome Outcome => Verdict.Outcome;
}

/// <summary>All that was found about one panel.</summary>
/// <param name="Marks">The checks, in the order of the contract.</param>
/// <param name="Placed">The orders that were placed for it.</param>
internal sealed record ConformanceReport(IReadOnlyList<CheckMark> Marks, IReadOnlyList<int> Placed)
{
    /// <summary>Checks that count.</summary>
    public int Of => Marks.Count(mark => !mark.IsExtension && mark.Outcome != Outcome.Skip);

    /// <summary>Checks that count and are as the contract says, or as the market tolerates.</summary>
    public int Passed => Marks.Count(mark => mark is { IsExtension: false, Outcome: Outcome.Pass or Outcome.Note });

    /// <summary>Checks that count and are not as the contract says.</summary>
    public int Wrong => Marks.Count(mark => mark.Outcome == Outcome.Fail);

    /// <summary>Differences in which known panels differ among each other: none of them is wrong.</summary>
    public int MattersOfTaste => Marks.Count(mark => mark.Outcome == Outcome.Note);

    /// <summary>Whole percent, rounded down: 100 means all of them.</summary>
    public int Percent => Passed * 100 / Of;

    public bool IsPerfect => Passed == Of;
}
