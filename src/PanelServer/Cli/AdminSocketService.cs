using System.Net.Sockets;
using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary>The hosted service that listens for verbs while the server runs; it stops after the verbs that are under way.</summary>
internal sealed class AdminSocketService(PanelFolder folder, IServiceProvider services) : IHostedService
{
    private AdminSocket? _socket;

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

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_socket is not null)
        {
            await _socket.DisposeAsync();
        }
    }
}
