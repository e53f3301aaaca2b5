using PanelServer.Data.Engines.Sqlite;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Providers.Forwarding;

/// <summary>
/// Speaks with one provider, sending and asking at the same time. It has its own limits and its own calls, so that no
/// provider waits for another. All it knows is in rows; a pass is bounded and can be made at any time by anybody.
/// </summary>
internal sealed class Desk : IDisposable
{
    private readonly Line _line;

    /// <param name="provider">The provider; a desk is made anew when it is set up otherwise.</param>
    /// <param name="account">How it is called.</param>
    /// <param name="office">What all desks share.</param>
    public Desk(ProviderView provider, ProviderAccount account, Office office)
    {
        _line = new(provider, account, office);
        Sending = new(_line);
        Asking = new(_line);
    }

    public ProviderView Provider => _line.Provider;

    public SendingLane Sending { get; }

    public AskingLane Asking { get; }

    public void Dispose()
    {
        Sending.Dispose();
        Asking.Dispose();
        _line.Dispose();
    }
}
