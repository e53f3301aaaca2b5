using System.Net;
using System.Net.Sockets;

namespace PanelServer.Providers.Client;

/// <summary>
/// Opens connections for one kind of provider. It connects to the very address that was checked: a name that is looked up
/// twice can mean two machines.
/// </summary>
/// <param name="mayBePrivate">Whether addresses are allowed that are not public.</param>
internal sealed class GuardedConnector(bool mayBePrivate)
{
    /// <exception cref="IOException">No address of the host is allowed.</exception>
    /// <exception cref="SocketException">The host has no address, or none of the allowed ones answers.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint;
        SocketException? failed = null;
        string? refused = null;
        // An address that is written out is not looked up: the system's resolver has words of its own for 0.0.0.0.
        IPAddress[] addresses = IPAddress.TryParse(host.Host, out var written)
            ? [written]
            : await Dns.GetHostAddressesAsync(host.Host, cancel);
        foreach (var address in addresses)
        {
            if (!mayBePrivate && PublicAddress.KindOf(address) is { } kind)
            {
                refused ??= $"{address} is {kind}; if it is meant, --internal allows it";
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, host.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                failed = error;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failed is null && refused is not null
            ? new IOException(refused)
            : failed ?? new SocketException((int)SocketError.HostNotFound);
    }
}
