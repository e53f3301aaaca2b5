using PanelServer.Data;

namespace PanelServer.Catalogue;

/// <summary>Registers the catalogue and what changes it.</summary>
internal static class CatalogueServices
{
    /// <param name="services">Where they are registered.</param>
    /// <param name="sellsUndeliverable">Whether services are sold that have routes of which none can be used.</param>
    /// <param name="repriced">What is called inside a unit that has changed a service's price.</param>
    public static IServiceCollection AddCatalogue(
        this IServiceCollection services,
        bool sellsUndeliverable,
        Action<UnitOfWork, int, long> repriced) => services
        .AddSingleton(provider => new CurrentCatalogue(provider.GetRequiredService<ReaderPool>(), sellsUndeliverable))
        .AddSingleton(provider => new ManageServices(
            provider.GetRequiredService<WriteQueue>(),
            provider.GetRequiredService<CurrentCatalogue>(),
            provider.GetRequiredService<TimeProvider>(),
            repriced))
        .AddSingleton<ImportServices>();
}
