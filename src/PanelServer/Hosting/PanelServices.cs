using PanelServer.Cancels;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Hosting.Settings;
using PanelServer.Idempotency;
using PanelServer.Jobs;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Providers;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Simulated;
using PanelServer.Refills;
using PanelServer.Reports;
using PanelServer.ResellerApi;
using PanelServer.ResellerApi.Actions;
using PanelServer.Resellers;
using PanelServer.Sandbox;
using PanelServer.Sandbox.Control;
using PanelServer.Subscriptions;

namespace PanelServer.Hosting;

/// <summary>
/// Registers a whole panel: the areas, each from its own list, and what ties them together. The server and a verb that
/// runs by itself build the same services.
/// </summary>
internal static class PanelServices
{
    /// <summary>The services of a panel without a web host, for a verb that runs by itself.</summary>
    /// <param name="folder">Whose panel.</param>
    /// <param name="configuration">The settings that hold for it; how the log is written is not taken from them.</param>
    /// <param name="more">Registers what differs; null where nothing does.</param>
    public static ServiceProvider Build(PanelFolder folder, IConfiguration configuration, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddPanelLog(new LogOptions()).AddPanel(folder, configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static IServiceCollection AddPanel(this IServiceCollection services, PanelFolder folder, IConfiguration configuration)
    {
        // A sandbox's orders are the simulated provider's; a real panel's go to its providers, or wait for its operators.
        TimeSpan? firstReport = folder.IsSandbox ? SimulatedOutcome.FirstReportDelay : null;
        services
            .AddPanelOptions(configuration)
            .AddSingleton<PanelLifetime>()
            .AddSingleton(provider => provider.GetRequiredService<PanelLifetime>().Identity)
            .AddPanelStorage(folder, provider => provider.GetRequiredService<CurrentCatalogue>().Forget)
            .AddCatalogue(static (unit, service, now) => MarginGuard.Locked(unit, service, now))
            .AddOrders(firstReport, provider => provider.GetRequiredService<ProviderDispatcher>().Wake)
            .AddRefills(firstReport)
            .AddCancels(firstReport)
            .AddSubscriptions()
            .AddLedger()
            .AddReports()
            .AddResellers()
            .AddProviders(CrashAt.FromEnvironment())
            .AddSingleton<ExpireIdempotencyKeys>()
            .AddSingleton(Jobs)
            .AddResellerApi();
        return folder.IsSandbox
            ? services
                .AddSandbox()
                .PostConfigure<LimitOptions>(limits => limits.Lift())
                .AddSingleton<NextFault>(provider => provider.GetRequiredService<FaultInjector>().NextAsync)
                .AddSingleton(provider => new FaultControl(provider.GetRequiredService<Faults>(), provider.GetRequiredService<ActionTable>().NameOf))
            : services.AddSingleton(TimeProvider.System);
    }

    /// <summary>
    /// Registers what a server does by itself. Hosted services start in this order and stop in the opposite one, after the
    /// web server. A sandbox whose clock stands still has none: its callers move the time, and everything happens then.
    /// </summary>
    public static IServiceCollection AddBackgroundServices(this IServiceCollection services, PanelFolder folder, bool isClockReal)
    {
        if (!folder.IsSandbox)
        {
            return services
                .AddHostedService<ProviderDispatchService>()
                .AddHostedService(provider => Job(provider, Passes(provider)));
        }

        return isClockReal
            ? services.AddHostedService(provider => Job(provider, [provider.GetRequiredService<SandboxDoor>().RealTime(TimeProvider.System)]))
            : services;
    }

    private static JobService Job(IServiceProvider provider, IReadOnlyList<Func<Task<bool>>> passes) =>
        new(passes, provider.GetRequiredService<WriteQueue>(), provider.GetRequiredService<ILogger<JobService>>());

    /// <summary>
    /// What a serving panel does all the time: each is one bounded pass, and says whether there may be more to do.
    /// </summary>
    private static IReadOnlyList<Func<Task<bool>>> Passes(IServiceProvider services)
    {
        var jobs = services.GetRequiredService<JobRunner>();
        var totals = services.GetRequiredService<FillDailyTotals>();
        var clock = services.GetRequiredService<TimeProvider>();
        return
        [
            async () => await jobs.RunOnceAsync() == JobRunner.PassSize,
            services.GetRequiredService<IndexOrders>().RunOnceAsync,
            () => totals.RunPacedAsync(clock.GetUtcNow()),
            services.GetRequiredService<ExpireIdempotencyKeys>().RunOnceAsync,
        ];
    }

    /// <summary>Everything that happens by itself.</summary>
    private static JobRunner Jobs(IServiceProvider provider) => new(
        provider.GetRequiredService<WriteQueue>(),
        provider.GetRequiredService<ReaderPool>(),
        provider.GetRequiredService<TimeProvider>(),
        new Dictionary<WorkKind, IJob>
        {
            [WorkKind.Order] = provider.GetRequiredService<SimulatedProvider.OrderJob>(),
            [WorkKind.Refill] = provider.GetRequiredService<SimulatedProvider.RefillJob>(),
            [WorkKind.Cancel] = provider.GetRequiredService<SimulatedProvider.CancelJob>(),
            [WorkKind.Run] = provider.GetRequiredService<DripFeedRuns>(),
            [WorkKind.Post] = provider.GetRequiredService<OrderPost>(),
            [WorkKind.Expiry] = provider.GetRequiredService<ExpireSubscription>(),
        },
        provider.GetRequiredService<ILogger<JobRunner>>());
}
