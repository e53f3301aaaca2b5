using PanelServer.Data;
using PanelServer.Providers.Client;
using PanelServer.Providers.Polling;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// The worker of one provider: its outbox dispatcher and its status poller, over a channel of their own, so that no provider
/// waits for another. All that must not be lost is in rows.
/// </summary>
internal sealed class ProviderWorker : IDisposable
{
    private readonly ProviderChannel _channel;

    /// <param name="provider">The provider as it is set up.</param>
    /// <param name="account">How it is called.</param>
    /// <param name="context">What all workers share.</param>
    public ProviderWorker(ProviderView provider, ProviderAccount account, DispatchContext context)
    {
        _channel = new(provider, account, context);
        Dispatcher = new(_channel);
        Poller = new(_channel);
    }

    /// <summary>The provider as the worker was made for it.</summary>
    public ProviderView Provider => _channel.Provider;

    /// <summary>Submits what is due.</summary>
    public OutboxDispatcher Dispatcher { get; }

    /// <summary>Asks for states and for our balance.</summary>
    public StatusPoller Poller { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispatcher.Dispose();
        Poller.Dispose();
        _channel.Dispose();
    }
}
