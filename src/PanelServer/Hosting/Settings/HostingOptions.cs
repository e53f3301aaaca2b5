using System.Net;

namespace PanelServer.Hosting.Settings;

/// <summary>The settings of section <c>Hosting</c>.</summary>
internal sealed class HostingOptions
{
    /// <summary>Proxies whose statement of the caller's address is taken.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; set; } = [];
}
