namespace PanelServer.Data;

/// <summary>Where a retry key stands among all of them.</summary>
internal readonly record struct KeyPlace(int Reseller, string Key)
{
    /// <summary>Before all keys.</summary>
    public static readonly KeyPlace First = new(0, "");
}
