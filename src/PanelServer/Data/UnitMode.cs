namespace PanelServer.Data;

/// <summary>How a unit gets its turn with the writer.</summary>
internal enum UnitMode
{
    /// <summary>In a transaction with others.</summary>
    Shared,

    /// <summary>In a transaction of its own, which is taken back.</summary>
    DryRun,

    /// <summary>By itself, in no transaction.</summary>
    Exclusive,
}
