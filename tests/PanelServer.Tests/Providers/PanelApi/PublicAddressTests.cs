using System.Net;
using PanelServer.Providers.PanelApi;

namespace PanelServer.Tests.Providers.PanelApi;

/// <summary>Which addresses a provider may have.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:82a::200e")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    [InlineData("2002:101:101::1")]
    public void An_address_that_everybody_can_reach_is_public(string address) =>
        Assert.Null(PublicAddress.KindOf(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", "a loopback address")]
    [InlineData("127.255.255.255", "a loopback address")]
    [InlineData("10.0.0.5", "a private address")]
    [InlineData("10.255.255.255", "a private address")]
    [InlineData("172.16.0.0", "a private address")]
    [InlineData("172.31.255.255", "a private address")]
    [InlineData("192.168.1.1", "a private address")]
    [InlineData("100.64.0.0", "a private address")]
    [InlineData("100.127.255.255", "a private address")]
    [InlineData("169.254.169.254", "a link-local address")]
    [InlineData("0.0.0.0", "an unspecified address")]
    [InlineData("0.1.2.3", "an unspecified address")]
    [InlineData("224.0.0.1", "a multicast address")]
    [InlineData("240.0.0.1", "a reserved address")]
    [InlineData("255.255.255.255", "a reserved address")]
    [InlineData("198.18.0.1", "a reserved address")]
    [InlineData("::1", "a loopback address")]
    [InlineData("::", "an unspecified address")]
    [InlineData("fc00::1", "a private address")]
    [InlineData("fdff:ffff::1", "a private address")]
    [InlineData("fe80::1", "a link-local address")]
    [InlineData("fe80::1%3", "a link-local address")]
    [InlineData("fec0::1", "a private address")]
    [InlineData("ff02::1", "a multicast address")]
    [InlineData("2001:db8::1", "a reserved address")]
    [InlineData("2001:0:4136:e378::1", "a reserved address")]
    [InlineData("64:ff9b:1::a00:5", "a reserved address")]
    [InlineData("4000::1", "a reserved address")]
    [InlineData("::ffff:127.0.0.1", "a loopback address")]
    [InlineData("::ffff:10.0.0.5", "a private address")]
    [InlineData("::10.0.0.5", "a private address")]
    [InlineData("64:ff9b::a9fe:a9fe", "a link-local address")]
    [InlineData("2002:c0a8:101::1", "a private address")]
    [InlineData("2002:7f00:1::", "a loopback address")]
    public void An_address_of_this_machine_or_this_network_is_not(string address, string kind) =>
        Assert.Equal(kind, PublicAddress.KindOf(IPAddress.Parse(address)));
}
