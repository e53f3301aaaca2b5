namespace PanelServer.ResellerApi.Actions;

/// <summary><c>services</c>: what this reseller can order, at this reseller's rates.</summary>
internal sealed class ServicesAction(PricedCatalogues catalogues) : IContractAction
{
    public const string Name = "services";

    public bool IsRead => true;

    public ValueTask<ApiResponse> RunAsync(Call call) =>
        ValueTask.FromResult<ApiResponse>(new CatalogueAnswer(catalogues.For(call.Caller, call.Dialect)));
}
