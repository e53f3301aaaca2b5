namespace PanelServer.Bench;

/// <summary>So many orders were placed and sent on.</summary>
/// <param name="PlacedSeconds">From the first to the last answer to their resellers.</param>
/// <param name="SentSeconds">From the first of them placed to the last taken by the provider.</param>
/// <param name="Adds">Calls of <c>add</c> to the provider.</param>
/// <param name="CpuMicroseconds">The server's own for one order, placing included.</param>
/// <param name="RssAnonMiB">The most own memory of the server meanwhile.</param>
internal sealed record Sent(
    int Orders, double PlacedSeconds, double SentSeconds, int Adds, double CpuMicroseconds, double RssAnonMiB);

/// <summary>One pass over all open orders by an operator's word.</summary>
/// <param name="Name">What the provider had to say.</param>
/// <param name="Orders">Open when it began.</param>
/// <param name="Calls">Calls of <c>status</c> to the provider.</param>
/// <param name="Most">Ids of a call.</param>
/// <param name="Seconds">From asking for the balance, with which it begins, to its end.</param>
/// <param name="VerbSeconds">From starting the operator's program to its end.</param>
/// <param name="CpuMicroseconds">The server's own for one order.</param>
/// <param name="RssAnonMiB">The most own memory of the server meanwhile.</param>
internal sealed record PollPass(
    string Name, int Orders, int Calls, int Most, double Seconds, double VerbSeconds, double CpuMicroseconds, double RssAnonMiB)
{
    /// <summary>It ended before any order was asked about without anybody's word: its calls can be told from others.</summary>
    public bool IsAlone { get; init; }

    public double PerSecond => Orders / Seconds;
}

/// <summary>The load of <c>add</c> without a pass and beside passes.</summary>
internal sealed record BesidePass(LoadResult Alone, LoadResult Beside)
{
    public double P99Ratio => Beside.P99Ms / Alone.P99Ms;

    public double RateRatio => Beside.PerSecond / Alone.PerSecond;
}

/// <summary>What was measured with so many open orders.</summary>
internal sealed record ForwardedStage(Sent Sent, IReadOnlyList<PollPass> Passes, IReadOnlyList<BesidePass> Beside);
