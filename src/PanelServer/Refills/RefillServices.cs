using PanelServer.Catalogue;
using PanelServer.Data;

namespace PanelServer.Refills;

/// <summary>Registers what is done with refills.</summary>
internal static class RefillServices
{
    /// <param name="services">Where it is registered.</param>
    /// <param name="firstReport">How long after a request the simulated provider first reports on it; null in a real panel.</param>
    public static IServiceCollection AddRefills(this IServiceCollection services, TimeSpan? firstReport) => services
        .AddSingleton(provider => new RequestRefill(
            provider.GetRequiredService<WriteQueue>(),
            provider.GetRequiredService<CurrentCatalogue>(),
            provider.GetRequiredService<TimeProvider>(),
            firstReport))
        .AddSingleton<ReadRefills>()
        .AddSingleton<MoveRefill>();
}
