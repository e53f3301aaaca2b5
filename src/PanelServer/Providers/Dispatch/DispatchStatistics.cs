using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Dispatch;

/// <summary>Counts what a pass has done; from any thread.</summary>
internal sealed class DispatchStatistics
{
    private readonly int[] _sent = new int[Enum.GetValues<SubmissionOutcome>().Length];
    private int _calls;
    private int _asked;
    private int _unanswered;

    /// <summary>Calls that asked about orders or refills.</summary>
    public int Calls => _calls;

    /// <summary>Orders and refills asked about.</summary>
    public int AskedAbout => _asked;

    /// <summary>Calls without an answer.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Sendings that ended so.</summary>
    public int Of(SubmissionOutcome outcome) => _sent[(int)outcome];

    public void Sent(SubmissionOutcome outcome) => Interlocked.Increment(ref _sent[(int)outcome]);

    public void Asked(int about, bool isAnswered)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _asked, about);
        _ = isAnswered ? 0 : Interlocked.Increment(ref _unanswered);
    }
}
