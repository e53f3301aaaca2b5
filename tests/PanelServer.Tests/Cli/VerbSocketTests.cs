using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PanelServer.Cli;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Cli;

/// <summary>Anything that a client may write to the socket of a running server.</summary>
[Trait("Category", "Process")]
public sealed class VerbSocketTests(PanelFixture panel) : IClassFixture<PanelFixture>
{
    [Theory]
    [InlineData("serve")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    [InlineData("serve", "--sandbox")]
    [InlineData("restore", "nothing.backup", "--force")]
    [InlineData("backup", "/tmp/never.backup")]
    [InlineData("conform", "http://127.0.0.1:1", "key")]
    [InlineData("check")]
    [InlineData("verify")]
    public async Task A_verb_that_is_not_the_servers_to_carry_out_is_refused(params string[] arguments)
    {
        var told = JsonNode.Parse(await AskAsync(Line([.. arguments, "--data", panel.Folder.Data])))!;
        Assert.Equal(1, (int?)told["Exit"]);
        Assert.Equal("", (string?)told["Output"]);
        Assert.Contains("does not carry out", (string?)told["Error"], StringComparison.Ordinal);
        await AliveAsync();
    }

    [Fact]
    public async Task A_line_without_an_end_is_read_no_further_than_its_bound()
    {
        using var socket = await ConnectAsync();
        var part = new byte[64 * 1024];
        Array.Fill(part, (byte)'x');
        var sent = 0L;
        using var limit = new CancellationTokenSource(Patience.Long);
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (true)
            {
                sent += await socket.SendAsync(part, SocketFlags.None, limit.Token);
            }
        });

        // What was read, and what the system keeps for a reader that does not come.
        Assert.InRange(sent, AdminSocket.MaxCallBytes, 4 * AdminSocket.MaxCallBytes);
        await AliveAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("nonsense\n")]
    [InlineData("null\n")]
    [InlineData("{}\n")]
    [InlineData("{\"Arguments\":[\"reseller\",\"list\"]\n")]
    [InlineData("{\"Arguments\":null,\"WorkingFolder\":\"/\"}\n")]
    public async Task Nonsense_is_not_answered_and_harms_nothing(string text)
    {
        Assert.Equal("", await AskAsync(text));
        await AliveAsync();
    }

    [Fact]
    public async Task A_command_line_over_the_bound_is_refused_where_it_was_typed()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] many = ["reseller", "add", new string('a', AdminSocket.MaxCallBytes), "--data", panel.Folder.Data];
        Assert.Equal(1, await Verbs.RunAsync(many, output, error));
        Assert.Contains("do it in parts", error.ToString(), StringComparison.Ordinal);
        await AliveAsync();
    }

    private static string Line(string[] arguments) =>
        new JsonObject { ["Arguments"] = new JsonArray([.. arguments.Select(text => (JsonNode)text)]), ["WorkingFolder"] = "/" }.ToJsonString() + "\n";

    private async Task AliveAsync()
    {
        using var caller = panel.Server.Caller("nobody's");
        Assert.Equal("invalid_key", (await caller.AskAsync("balance")).ErrorCode);
        Assert.DoesNotContain("   at ", panel.Server.Errors, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string text)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
        using var limit = new CancellationTokenSource(Patience.Long);
        var (answer, buffer) = ("", new byte[4096]);
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var count)
            {
                answer += Encoding.UTF8.GetString(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // Closed by the server already.
        }

        return answer;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(panel.Folder.Socket));
        return socket;
    }
}
