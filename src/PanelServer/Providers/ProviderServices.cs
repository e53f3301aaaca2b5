using PanelServer.Data;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Simulated;

namespace PanelServer.Providers;

/// <summary>Registers providers: the client, the dispatcher, and what operators do with them.</summary>
internal static class ProviderServices
{
    /// <param name="services">Where they are registered.</param>
    /// <param name="bounds">The bounds of a call to a provider.</param>
    /// <param name="stopWithin">How long calls that change something at a provider may take to end when the server stops.</param>
    /// <param name="reached">Called at each moment of a submission at which a crash is tested.</param>
    public static IServiceCollection AddProviders(
        this IServiceCollection services,
        CallBounds bounds,
        TimeSpan stopWithin,
        Action<CrashPoint> reached) => services
        .AddSingleton(_ => new ProviderHttp(bounds))
        .AddSingleton<ProviderClient>()
        .AddSingleton<ProviderDirectory>()
        .AddSingleton(provider => new ProviderDispatcher(
            provider.GetRequiredService<ProviderDirectory>(),
            new(
                provider.GetRequiredService<WriteQueue>(),
                provider.GetRequiredService<ReaderPool>(),
                TimeProvider.System,
                provider.GetRequiredService<ProviderClient>(),
                reached,
                provider.GetRequiredService<ILogger<ProviderDispatcher>>()),
            provider.GetRequiredService<CompareCatalogue>(),
            stopWithin))
        .AddSingleton<ManageProviders>()
        .AddSingleton<ManageRoutes>()
        .AddSingleton<ReconcileSubmission>()
        .AddSingleton<ImportUpstream>()
        .AddSingleton<SyncServices>()
        .AddSingleton<CompareCatalogue>()
        .AddSingleton<SetMarkup>()
        .AddSingleton<SetWords>()
        .AddSingleton<Alerts>()
        .AddSingleton<SimulatedProvider.OrderJob>()
        .AddSingleton<SimulatedProvider.RefillJob>()
        .AddSingleton<SimulatedProvider.CancelJob>();
}
