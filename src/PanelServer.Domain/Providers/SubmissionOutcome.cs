namespace PanelServer.Domain.Providers;

/// <summary>
/// What came of asking a provider to do something (docs/operating.md, "What comes of a sending"). The numbers are stored.
/// </summary>
public enum SubmissionOutcome
{
    /// <summary>It is being asked at this moment.</summary>
    UnderWay = 0,

    /// <summary>It said yes, and by which id it knows it.</summary>
    Accepted = 1,

    /// <summary>It said no, in words that could be read.</summary>
    Rejected = 2,

    /// <summary>Nothing of it left the server: it may be sent again.</summary>
    NotSent = 3,

    /// <summary>Anything else: it may have been accepted. Never sent again, paid back or sent elsewhere by the machine.</summary>
    Unknown = 4,

    /// <summary>Unknown at first; a person found that it was not accepted.</summary>
    NotAccepted = 5,

    /// <summary>It said "not now", for a reason that has nothing to do with what was asked: it may be sent again.</summary>
    Deferred = 6,
}
