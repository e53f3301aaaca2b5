using System.Net;
using System.Net.Sockets;

namespace PanelServer.Providers.PanelApi;

/// <summary>
/// Which addresses are public. A provider's address is typed in by people, and its name can be pointed anywhere by
/// whoever owns it: neither may reach what only this machine or this network can see.
/// </summary>
internal static class PublicAddress
{
    private static readonly (IPNetwork Network, string Kind)[] Kinds =
    [
        (IPNetwork.Parse("127.0.0.0/8"), "a loopback address"),
        (IPNetwork.Parse("10.0.0.0/8"), "a private address"),
        (IPNetwork.Parse("172.16.0.0/12"), "a private address"),
        (IPNetwork.Parse("192.168.0.0/16"), "a private address"),
        (IPNetwork.Parse("100.64.0.0/10"), "a private address"),
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local address"),
        (IPNetwork.Parse("0.0.0.0/8"), "an unspecified address"),
        (IPNetwork.Parse("192.0.0.0/24"), "a reserved address"),
        (IPNetwork.Parse("192.0.2.0/24"), "a reserved address"),
        (IPNetwork.Parse("198.18.0.0/15"), "a reserved address"),
        (IPNetwork.Parse("198.51.100.0/24"), "a reserved address"),
        (IPNetwork.Parse("203.0.113.0/24"), "a reserved address"),
        (IPNetwork.Parse("224.0.0.0/4"), "a multicast address"),
        (IPNetwork.Parse("240.0.0.0/4"), "a reserved address"),
        (IPNetwork.Parse("::1/128"), "a loopback address"),
        (IPNetwork.Parse("::/128"), "an unspecified address"),
        (IPNetwork.Parse("fc00::/7"), "a private address"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fec0::/10"), "a private address"),
        (IPNetwork.Parse("ff00::/8"), "a multicast address"),
        (IPNetwork.Parse("2001::/32"), "a reserved address"),
        (IPNetwork.Parse("2001:db8::/32"), "a reserved address"),
    ];

    // IPv6 addresses that stand for an IPv4 address, and at which byte it begins: compatible, NAT64, 6to4. Mapped ones are
    // not among them, as the framework takes those for IPv4 wherever it compares.
    private static readonly (IPNetwork Network, int At)[] Embedding =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    // All IPv6 addresses that were ever given out to be reached by everybody.
    private static readonly IPNetwork Given = IPNetwork.Parse("2000::/3");

    /// <summary>What an address is that is not public, such as "a private address"; null when it is public.</summary>
    public static string? KindOf(IPAddress address)
    {
        // Without its scope, as networks have none.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        if (Kinds.FirstOrDefault(kind => Holds(kind.Network, plain)).Kind is { } named)
        {
            return named;
        }

        if (plain.AddressFamily == AddressFamily.InterNetwork)
        {
            return null;
        }

        foreach (var (network, at) in Embedding)
        {
            if (Holds(network, plain))
            {
                return KindOf(new IPAddress(plain.GetAddressBytes().AsSpan(at, 4)));
            }
        }

        return Holds(Given, plain) ? null : "a reserved address";
    }

    // Bit by bit: IPNetwork.Contains takes a mapped address for the one it stands for, and finds it in other networks.
    private static bool Holds(IPNetwork network, IPAddress address)
    {
        const int BitsOfByte = 8;
        var (its, given) = (network.BaseAddress.GetAddressBytes(), address.GetAddressBytes());
        var (whole, rest) = Math.DivRem(network.PrefixLength, BitsOfByte);
        return its.Length == given.Length
            && its.AsSpan(0, whole).SequenceEqual(given.AsSpan(0, whole))
            && (rest == 0 || (its[whole] ^ given[whole]) >> (BitsOfByte - rest) == 0);
    }
}
