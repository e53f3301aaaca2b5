namespace PanelServer.Domain.Lifecycles;

/// <summary>What a move does with a reseller's money (docs/contract.md, "Lifecycle").</summary>
public enum MoneyEffect
{
    /// <summary>Nothing moves.</summary>
    None,

    /// <summary>The undelivered share goes back.</summary>
    PaysBackRemains,

    /// <summary>Everything that is still kept goes back.</summary>
    PaysBackAll,

    /// <summary>The share of the runs that were not started goes back.</summary>
    PaysBackRest,

    /// <summary>A final order is put right: what is kept becomes what the new end is worth, in either direction.</summary>
    Corrects,
}
