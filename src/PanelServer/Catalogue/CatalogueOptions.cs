namespace PanelServer.Catalogue;

/// <summary>The settings of section <c>Catalogue</c>.</summary>
internal sealed class CatalogueOptions
{
    /// <summary>Whether services are listed and sold that have routes of which none can be used.</summary>
    public bool SellUndeliverable { get; set; }
}
