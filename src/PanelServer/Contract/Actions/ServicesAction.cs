namespace PanelServer.Contract.Actions;

/// <summary><c>services</c>: what this reseller can order, at this reseller's rates.</summary>
internal sealed class ServicesAction(OfferedCatalogues catalogues) : IContractAction
{
    public const string Name = "services";

    public bool IsRead => true;

    public ValueTask<Answer> RunAsync(Call call) =>
        ValueTask.FromResult<Answer>(new CatalogueAnswer(catalogues.For(call.Caller, call.Dialect)));
}
