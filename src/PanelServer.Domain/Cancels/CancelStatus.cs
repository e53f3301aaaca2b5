namespace PanelServer.Domain.Cancels;

/// <summary>The states of a cancel request. The numbers are stored.</summary>
public enum CancelStatus
{
    /// <summary>Waits for the answer of the party that fulfils the order: a provider or a person.</summary>
    Open = 0,
    Accepted = 1,
    Refused = 2,

    /// <summary>The order ended by itself before there was an answer.</summary>
    Overtaken = 3,
}
