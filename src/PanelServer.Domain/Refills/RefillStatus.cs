namespace PanelServer.Domain.Refills;

/// <summary>The states of a refill. The numbers are stored.</summary>
public enum RefillStatus
{
    Pending = 0,
    InProgress = 1,
    Completed = 2,
    Rejected = 3,
    Error = 4,
}
