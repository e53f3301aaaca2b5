namespace PanelServer.Domain.Catalogue;

/// <summary>What an operator does with links that a block covers. The numbers are stored.</summary>
public enum LinkBlockKind
{
    /// <summary>Nothing is ordered for them.</summary>
    Ban = 1,

    /// <summary>Orders for them are taken and wait for a person.</summary>
    Hold = 2,
}
