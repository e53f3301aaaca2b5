using System.Net;
using System.Net.Sockets;

namespace PanelServer.Providers.Client;

/// <summary>
/// Which addresses are public. A provider's address is typed in by people, and its name can be pointed anywhere by
/// its owner: neither may reach what only this machine or this network can see.
/// </summary>
internal static class PublicAddress
{
    /// <summary>
    /// Every network that serves a special purpose: IANA's registries for IPv4 and IPv6, multicast, and what older standards
    /// set apart. Also those that everybody may reach, as nobody keeps a panel there, and those that stand for another
    /// address, as what they lead to is not what was looked at.
    /// </summary>
    private static readonly (IPNetwork Network, string Kind)[] Special =
    [
        .. Of("an unspecified address", "0.0.0.0/8", "::/128"),
        .. Of("a loopback address", "127.0.0.0/8", "::1/128"),
        .. Of("a private address", "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
        .. Of("a link-local address", "169.254.0.0/16", "fe80::/10"),
        .. Of("a multicast address", "224.0.0.0/4", "ff00::/8"),

        // Documentation.
        .. Of("a reserved address", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),

        // Of the standards themselves, with all that lies in them: protocol assignments, Teredo, benchmarks, ORCHID, drones.
        .. Of("a reserved address", "192.0.0.0/24", "198.18.0.0/15", "2001::/23", "240.0.0.0/4"),

        // AS112, multicast tunnels (AMT), dropped traffic, dummy addresses, segment routing.
        .. Of("a reserved address", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24", "2620:4f:8000::/48"),
        .. Of("a reserved address", "100::/64", "100:0:0:1::/64", "5f00::/16"),

        // Translations: relays of 6to4, 6to4, NAT64, IPv4-compatible and IPv4-translated.
        .. Of("a translation of another address", "192.88.99.0/24", "2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96"),
    ];

    // All IPv6 addresses that were ever given out to be reached by everybody.
    private static readonly IPNetwork Given = IPNetwork.Parse("2000::/3");

    /// <summary>What an address is that is not public, such as "a private address"; null when it is public.</summary>
    public static string? KindOf(IPAddress address)
    {
        // A mapped address is the IPv4 address itself to every connection. Without its scope, as networks have none.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        if (Special.FirstOrDefault(special => Holds(special.Network, plain)).Kind is { } named)
        {
            return named;
        }

        return plain.AddressFamily == AddressFamily.InterNetwork || Holds(Given, plain) ? null : "a reserved address";
    }

    private static IEnumerable<(IPNetwork, string)> Of(string kind, params string[] networks) =>
        networks.Select(network => (IPNetwork.Parse(network), kind));

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
