namespace PanelServer.Subscriptions;

/// <summary>Registers what is done with subscriptions.</summary>
internal static class SubscriptionServices
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services) => services
        .AddSingleton<AppearPosts>()
        .AddSingleton<OrderPost>()
        .AddSingleton<ExpireSubscription>();
}
