namespace PanelServer.Domain.Lifecycles;

/// <summary>Who makes a move. The numbers are stored.</summary>
public enum Actor
{
    Reseller = 0,
    Operator = 1,
    Provider = 2,

    /// <summary>The panel itself: a due time has come, or one thing follows from another.</summary>
    Timer = 3,
}
