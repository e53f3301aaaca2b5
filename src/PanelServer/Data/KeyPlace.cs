namespace PanelServer.Data;

/// <summary>A place in the order of all idempotency keys.</summary>
internal readonly record struct KeyPlace(int Reseller, string Key)
{
    /// <summary>Before all keys.</summary>
    public static readonly KeyPlace First = new(0, "");
}
