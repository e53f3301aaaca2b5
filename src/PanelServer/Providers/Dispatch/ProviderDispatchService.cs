namespace PanelServer.Providers.Dispatch;

/// <summary>
/// The hosted service that runs the dispatcher. It begins nothing more as soon as the server is told to stop, before calls
/// in flight are waited for; what is under way at providers is waited for when the panel is closed.
/// </summary>
internal sealed class ProviderDispatchService(ProviderDispatcher dispatcher) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        dispatcher.Start();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        dispatcher.Stop();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
