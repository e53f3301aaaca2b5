using System.Net;
using System.Net.Sockets;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Conformance;

/// <summary><c>conform</c> where there is nothing to judge.</summary>
[Trait("Category", "Process")]
public sealed class ConformUsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("127.0.0.1:5080 secret-key")]
    [InlineData("secret-key http://127.0.0.1:5080")]
    [InlineData("ftp://127.0.0.1/api/v2 secret-key")]
    [InlineData("http://user:pass@127.0.0.1/api/v2 secret-key")]
    [InlineData("http://127.0.0.1:5080 secret-key --service first")]
    [InlineData("http://127.0.0.1:5080 secret-key --no-such-option")]
    public async Task Wrong_usage_ends_with_two_and_keeps_the_key(string arguments)
    {
        var wrong = (await PanelProcess.RunAsync(["conform", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).WrongUsage();
        Assert.DoesNotContain("secret-key", wrong.Output + wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_one_clear_line()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var url = $"http://{socket.LocalEndpoint}/api/v2";
        socket.Stop();

        var refused = (await PanelProcess.RunAsync(["conform", url, "secret-key"])).Refused(url, "does not answer", "refused");
        Assert.Empty(refused.Output);
        Assert.DoesNotContain("secret-key", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_shows_examples() =>
        Assert.Contains("--orders --service 1", (await PanelProcess.RunAsync(["conform", "--help"])).Done().Output, StringComparison.Ordinal);
}
