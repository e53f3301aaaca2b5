namespace PanelServer.Providers.Dispatch;

/// <summary>
/// The moments of a sending at which a crash must cost nothing. Tests kill the program there; in a panel nobody listens.
/// </summary>
internal enum CrashPoint
{
    /// <summary>An order is due, and nothing of its sending is written.</summary>
    BeforeClaim,

    /// <summary>That it is being sent is on disk, and nothing has left.</summary>
    Claimed,

    /// <summary>The provider has answered, and nothing of that is written.</summary>
    Answered,

    /// <summary>What came of it is on disk.</summary>
    Settled,
}
