using System.Net;
using Microsoft.AspNetCore.Connections;
using PanelServer.ResellerApi;

namespace PanelServer.Hosting;

/// <summary>
/// Connections over which no call with a good key has come yet, counted by the network they come from. Where one network
/// has too many of them, the oldest is ended for the newest: ten thousand that are silent lock out nobody, not even who
/// comes from the same address. A trusted proxy is exempt; the calls it passes on are counted to the addresses it names.
/// </summary>
/// <param name="trustedProxies">Whose connections are not counted.</param>
internal sealed class UnprovenConnections(IEnumerable<IPAddress> trustedProxies)
{
    /// <summary>Connections of one network at the same time.</summary>
    public const int MaxOfOneNetwork = 1_024;

    private readonly HashSet<IPAddress> _trusted = [.. trustedProxies.Select(Plain)];
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, LinkedList<UnprovenConnection>> _standing = [];

    /// <summary>Counts a connection for as long as it lasts or until it is proven: middleware of the listener.</summary>
    public async Task HoldAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IsTrusted(address))
        {
            await next(connection);
            return;
        }

        using var unproven = Add(address, connection.Abort);
        connection.Features.Set(unproven);
        await next(connection);
    }

    /// <summary>Counts a call that a trusted proxy passes on, in the place of the connection it would have come by.</summary>
    public async Task HoldAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<UnprovenConnection>() is not null
            || context.Connection.RemoteIpAddress is not { } address
            || IsTrusted(address))
        {
            await next(context);
            return;
        }

        using var unproven = Add(address, context.Abort);
        context.Features.Set(unproven);
        await next(context);
    }

    /// <summary>Counts one, and ends the oldest of its network where there are too many.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="end">Ends it.</param>
    internal UnprovenConnection Add(IPAddress address, Action end)
    {
        var added = new UnprovenConnection(this, CallerNetwork.Of(address), end);
        UnprovenConnection? oldest = null;
        lock (_gate)
        {
            if (!_standing.TryGetValue(added.Network, out var standing))
            {
                _standing[added.Network] = standing = [];
            }

            standing.AddLast(added.Node);
            if (standing.Count > MaxOfOneNetwork)
            {
                oldest = standing.First!.Value;
                standing.RemoveFirst();
            }
        }

        oldest?.End();
        return added;
    }

    /// <summary>Counts one no longer.</summary>
    internal void Remove(UnprovenConnection unproven)
    {
        lock (_gate)
        {
            if (unproven.Node.List is { } standing)
            {
                standing.Remove(unproven.Node);
                if (standing.Count == 0)
                {
                    _standing.Remove(unproven.Network);
                }
            }
        }
    }

    private bool IsTrusted(IPAddress address) => _trusted.Count > 0 && _trusted.Contains(Plain(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <summary>A connection that is counted until it is proven or over.</summary>
internal sealed class UnprovenConnection : IDisposable
{
    private readonly UnprovenConnections _all;
    private readonly Action _end;
    private bool _isProven;

    public UnprovenConnection(UnprovenConnections all, IPAddress network, Action end)
    {
        (_all, Network, _end) = (all, network, end);
        Node = new(this);
    }

    public IPAddress Network { get; }

    /// <summary>Its place among those of its network; in no list once it is counted no longer.</summary>
    public LinkedListNode<UnprovenConnection> Node { get; }

    /// <summary>A call with a good key has come by it.</summary>
    public void Prove()
    {
        if (!_isProven)
        {
            _isProven = true;
            _all.Remove(this);
        }
    }

    /// <summary>Ends it.</summary>
    public void End() => _end();

    public void Dispose() => _all.Remove(this);
}
