namespace PanelServer.Domain.Faults;

/// <summary>The ways in which a call goes wrong on purpose (docs/integrating.md, "Faults").</summary>
public enum FaultKind
{
    /// <summary>Carried out, and the connection closes without an answer.</summary>
    DropAfterCommit,

    /// <summary>The connection closes, and nothing is done.</summary>
    DropBefore,

    /// <summary>Carried out and answered, but late.</summary>
    Delay,

    /// <summary>An HTTP status in the place of an answer, and nothing is done.</summary>
    Status,

    /// <summary>A page in the place of an answer, as a proxy writes one, and nothing is done.</summary>
    Html,

    /// <summary>Carried out, and the answer breaks off.</summary>
    Malformed,

    /// <summary>Refused as if there had been too many calls.</summary>
    RateLimit,
}
