namespace PanelServer.Data;

/// <summary>How a unit gets its turn with the writer.</summary>
internal enum Turn
{
    /// <summary>In a transaction with others.</summary>
    Shared,

    /// <summary>In a transaction of its own, which is taken back.</summary>
    Preview,

    /// <summary>By itself, in no transaction.</summary>
    Alone,
}
