using FluentValidation;
using PanelServer.Data;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Catalogue;

/// <summary>Registers the catalogue and what changes it.</summary>
internal static class CatalogueServices
{
    /// <param name="services">Where they are registered.</param>
    /// <param name="repriced">What is called inside a unit that has changed a service's price.</param>
    public static IServiceCollection AddCatalogue(
        this IServiceCollection services,
        Action<UnitOfWork, int, long> repriced) => services
        .AddSingleton<CurrentCatalogue>()
        .AddSingleton(provider => new ManageServices(
            provider.GetRequiredService<WriteQueue>(),
            provider.GetRequiredService<CurrentCatalogue>(),
            provider.GetRequiredService<ServiceDrafts>(),
            provider.GetRequiredService<TimeProvider>(),
            repriced))
        .AddSingleton<ImportServices>()
        .AddSingleton<ServiceDrafts>()
        .AddSingleton<IValidator<ServiceDraft>, ServiceDraftValidator>()
        .AddSingleton<IValidator<Service>, ServiceValidator>();
}
