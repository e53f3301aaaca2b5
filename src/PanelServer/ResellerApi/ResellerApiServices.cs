using PanelServer.Domain.Faults;
using PanelServer.ResellerApi.Actions;

namespace PanelServer.ResellerApi;

/// <summary>What goes wrong on purpose with the next call of an action; null when nothing does.</summary>
internal delegate ValueTask<Fault?> NextFault(string action);

/// <summary>Registers the resellers' contract.</summary>
internal static class ResellerApiServices
{
    public static IServiceCollection AddResellerApi(this IServiceCollection services) => services
        .AddSingleton<ContractEndpoint>()
        .AddSingleton<CallLimits>()
        .AddSingleton<CallWatch>()
        .AddSingleton<ApiKeyAuthenticator>()
        .AddSingleton<PricedCatalogues>()
        .AddSingleton<ActionTable>()
        .AddSingleton<AddAction>()
        .AddSingleton<BalanceAction>()
        .AddSingleton<CancelAction>()
        .AddSingleton<RefillAction>()
        .AddSingleton<RefillStatusAction>()
        .AddSingleton<ServicesAction>()
        .AddSingleton<StatusAction>();
}
