using System.Net;

namespace PanelServer.ResellerApi;

/// <summary>Whom an address is counted as, wherever something is bounded for each address.</summary>
internal static class CallerNetwork
{
    private const int NetworkBytes = 8;

    /// <summary>An IPv4 address itself; of an IPv6 address its /64 network, as one household has many addresses.</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (bytes.Length <= NetworkBytes)
        {
            return address;
        }

        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
