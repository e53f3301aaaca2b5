using PanelServer.Catalogue;
using PanelServer.Data;

namespace PanelServer.Cancels;

/// <summary>Registers what is done with cancel requests.</summary>
internal static class CancelServices
{
    /// <param name="services">Where it is registered.</param>
    /// <param name="firstReport">How long after a request the simulated provider answers it; null in a real panel.</param>
    public static IServiceCollection AddCancels(this IServiceCollection services, TimeSpan? firstReport) => services
        .AddSingleton(provider => new RequestCancel(
            provider.GetRequiredService<WriteQueue>(),
            provider.GetRequiredService<CurrentCatalogue>(),
            provider.GetRequiredService<TimeProvider>(),
            firstReport))
        .AddSingleton<AnswerCancel>();
}
