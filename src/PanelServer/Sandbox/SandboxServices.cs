using PanelServer.Sandbox.Control;

namespace PanelServer.Sandbox;

/// <summary>Registers the sandbox: its clock in the place of real time, its faults and its control calls.</summary>
internal static class SandboxServices
{
    public static IServiceCollection AddSandbox(this IServiceCollection services) => services
        .AddSingleton(_ => new SandboxClock(0))
        .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SandboxClock>())
        .AddSingleton(_ => new RequestGate(RequestGate.Patience))
        .AddSingleton<ClockAdvancer>()
        .AddSingleton<Faults>()
        .AddSingleton<FaultInjector>()
        .AddSingleton<SandboxSnapshots>()
        .AddSingleton<WorldMemory>()
        .AddSingleton<ControlEndpoint>()
        .AddSingleton<ControlTable>()
        .AddSingleton<CancelControl>()
        .AddSingleton<ClockControl>()
        .AddSingleton<OrderControl>()
        .AddSingleton<OverviewControl>()
        .AddSingleton<PostControl>()
        .AddSingleton<RefillControl>()
        .AddSingleton<ResellerControl>()
        .AddSingleton<WorldControl>();
}
