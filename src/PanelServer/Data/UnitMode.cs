namespace PanelServer.Data;

/// <summary>How a unit shares a transaction.</summary>
internal enum UnitMode
{
    /// <summary>In a transaction with others.</summary>
    Shared,

    /// <summary>In a transaction of its own, which is rolled back.</summary>
    DryRun,

    /// <summary>Alone, in no transaction.</summary>
    Exclusive,
}
