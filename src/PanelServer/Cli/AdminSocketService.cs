using System.Net.Sockets;
using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary>The hosted service that listens for verbs while the server runs; it stops after the verbs that are under way.</summary>
internal sealed class AdminSocketService(PanelFolder folder, IServiceProvider services) : IHostedService
{
    private readonly Lock _stopping = new();
    private AdminSocket? _socket;
    private Task? _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _socket = AdminSocket.Listen(services);
            return Task.CompletedTask;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new PanelException($"the socket for verbs in {folder.Path} cannot be made: {error.Message}", error);
        }
    }

    // A host may be stopped twice at once, by a signal and by its end: both wait for the same verbs.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stopped ??= _socket?.DisposeAsync().AsTask() ?? Task.CompletedTask;
        }
    }
}
