namespace PanelServer.ResellerApi;

/// <summary>Which actions GET may ask for (docs/contract.md, "Request").</summary>
internal enum GetAccess
{
    Off,
    Read,
    All,
}

/// <summary>The settings of section <c>Contract</c>.</summary>
internal sealed class ContractOptions
{
    public GetAccess Get { get; set; } = GetAccess.All;

    /// <summary>Bytes of the largest body.</summary>
    public int MaxBody { get; set; } = 4 * 1024 * 1024;

    /// <summary>Whether <c>services</c> says which services can be split into runs.</summary>
    public bool Dripfeed { get; set; } = true;
}
