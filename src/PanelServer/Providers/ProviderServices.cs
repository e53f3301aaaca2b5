using FluentValidation;
using Microsoft.Extensions.Options;
using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Simulated;

namespace PanelServer.Providers;

/// <summary>Registers providers: the client, the dispatcher, and what operators do with them.</summary>
internal static class ProviderServices
{
    /// <param name="services">Where they are registered.</param>
    /// <param name="reached">Called at each moment of a submission at which a crash is tested.</param>
    public static IServiceCollection AddProviders(this IServiceCollection services, Action<CrashPoint> reached) => services
        .AddSingleton(provider => new ProviderHttp(BoundsOf(OptionsOf(provider))))
        .AddSingleton<ProviderMetrics>()
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
            TimeSpan.FromSeconds(OptionsOf(provider).StopSeconds)))
        .AddSingleton<IValidator<ProviderDraft>, ProviderDraftValidator>()
        .AddSingleton<IValidator<MarkupScope>, MarkupScopeValidator>()
        .AddSingleton<ManageProviders>()
        .AddSingleton<ManageRoutes>()
        .AddSingleton<ReconcileSubmission>()
        .AddSingleton<ImportUpstream>()
        .AddSingleton<SyncServices>()
        .AddSingleton<CompareCatalogue>()
        .AddSingleton<SetMarkup>()
        .AddSingleton<SetProviderWords>()
        .AddSingleton<Alerts>()
        .AddSingleton<SimulatedProvider.OrderJob>()
        .AddSingleton<SimulatedProvider.RefillJob>()
        .AddSingleton<SimulatedProvider.CancelJob>();

    private static ProviderOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<ProviderOptions>>().Value;

    private static CallBounds BoundsOf(ProviderOptions options) =>
        CallBounds.Usual.Within(TimeSpan.FromSeconds(options.SendSeconds), TimeSpan.FromSeconds(options.AskSeconds));
}
