using PanelServer.Data;

namespace PanelServer.Orders;

/// <summary>Registers what is done with orders.</summary>
internal static class OrderServices
{
    /// <param name="services">Where it is registered.</param>
    /// <param name="firstReport">How long after an order the simulated provider first reports on it; null in a real panel.</param>
    /// <param name="placed">What is called when an order is on disk that goes to a provider.</param>
    public static IServiceCollection AddOrders(
        this IServiceCollection services,
        TimeSpan? firstReport,
        Func<IServiceProvider, Action> placed) => services
        .AddSingleton(provider => new PlaceOrder(
            provider.GetRequiredService<WriteQueue>(),
            provider.GetRequiredService<TimeProvider>(),
            firstReport,
            placed(provider)))
        .AddSingleton<CurrentLinkBlocks>()
        .AddSingleton<ReadOrders>()
        .AddSingleton<MoveOrder>()
        .AddSingleton<CorrectOrder>()
        .AddSingleton<ApplyProviderStatus>()
        .AddSingleton<BlockLinks>()
        .AddSingleton<DripFeedRuns>()
        .AddSingleton<IndexOrders>()
        .AddSingleton<ManualReviews>()
        .AddSingleton<PauseRuns>();
}
