using PanelServer.Data;
using PanelServer.Providers.Client;
using PanelServer.Providers.Polling;

namespace PanelServer.Providers.Dispatch;

/// <summary>
/// Speaks with one provider, sending and asking at the same time. It has its own limits and its own calls, so that no
/// provider waits for another. All it knows is in rows; a pass is bounded and can be made at any time by anybody.
/// </summary>
internal sealed class ProviderWorker : IDisposable
{
    private readonly ProviderChannel _channel;

    /// <param name="provider">The provider; a worker is made anew when it is set up otherwise.</param>
    /// <param name="account">How it is called.</param>
    /// <param name="context">What all workers share.</param>
    public ProviderWorker(ProviderView provider, ProviderAccount account, DispatchContext context)
    {
        _channel = new(provider, account, context);
        Sending = new(_channel);
        Asking = new(_channel);
    }

    public ProviderView Provider => _channel.Provider;

    public OutboxDispatcher Sending { get; }

    public StatusPoller Asking { get; }

    public void Dispose()
    {
        Sending.Dispose();
        Asking.Dispose();
        _channel.Dispose();
    }
}
