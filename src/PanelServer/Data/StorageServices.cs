using Microsoft.Extensions.Options;

namespace PanelServer.Data;

/// <summary>Registers storage: the folder's lock, the write queue and the readers.</summary>
internal static class StorageServices
{
    /// <param name="services">Where they are registered.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="catalogueChanged">What is called after each commit that changes what is sold, before its callers are answered.</param>
    public static IServiceCollection AddPanelStorage(
        this IServiceCollection services,
        PanelFolder folder,
        Func<IServiceProvider, Action> catalogueChanged)
    {
        services.AddSingleton(folder);
        services.AddSingleton(folder.Database);
        services.AddSingleton<HeldFolder>();
        services.AddSingleton<ReaderPool>();
        services.AddSingleton(provider => new QueryReaders(provider.GetRequiredService<PanelDatabase>(), QueryReaders.MaxWait));
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<Bulk>();
        services.AddMetrics();
        services.AddSingleton<WriteMetrics>();

        // Making the queue opens the database for writing: never before the folder's lock is held.
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<HeldFolder>().EnsureHeld();
            var maxPages = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.MaxPages;
            return new WriteQueue(
                () => UnitOfWork.Open(provider.GetRequiredService<PanelDatabase>(), maxPages),
                provider.GetRequiredService<ILogger<WriteQueue>>(),
                provider.GetRequiredService<ReaderPool>(),
                catalogueChanged(provider),
                provider.GetRequiredService<WriteMetrics>());
        });
        return services;
    }
}
