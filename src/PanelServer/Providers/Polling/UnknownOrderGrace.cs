namespace PanelServer.Providers.Polling;

/// <summary>
/// How long a provider may say that it does not know what it has accepted, until a person looks: a panel that has just
/// taken an order, or moves its database, says so for a while.
/// </summary>
internal static class UnknownOrderGrace
{
    /// <summary>Answers in a row.</summary>
    public const int Answers = 3;

    /// <summary>From the first of them.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromHours(1);

    /// <summary>Counts one such answer inside a unit.</summary>
    /// <returns>Whether a person must look.</returns>
    public static bool IsOver(UnitOfWork unit, int sending, long now)
    {
        var (times, since) = unit.Submissions.CountUnheard(sending, now);
        return times >= Answers && now - since >= (long)Time.TotalMilliseconds;
    }
}
