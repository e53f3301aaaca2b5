namespace PanelServer.Data;

/// <summary>A reseller as the key gate sees one.</summary>
internal sealed record KeyOwner(int Reseller, bool Suspended, int Discount);
