using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Fuzz;

/// <summary>One sandbox as a process of its own for all hostile calls.</summary>
public sealed class FuzzFixture : IAsyncLifetime
{
    internal const string Key = "sandbox-rich-key";

    private PanelProcess? _server;

    internal PanelFolder Folder { get; } = new() { Sandbox = true };

    internal PanelProcess Server => _server ?? throw new InvalidOperationException("not started");

    internal HttpClient Http { get; private set; } = new(new SocketsHttpHandler());

    internal PanelCaller Caller() => Server.Caller(Key);

    public async Task InitializeAsync()
    {
        _server = await Folder.ServeAsync();
        Http.Dispose();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = _server.Address,
            Timeout = Patience.Long,
        };
    }

    /// <summary>Nothing may have been logged as a fault, and the books must balance.</summary>
    internal async Task ProveAsync()
    {
        HasNoFault();
        await Folder.VerifyAsync();
    }

    /// <summary>The server lives and has logged nothing that looks like a fault of its own.</summary>
    internal void HasNoFault()
    {
        Assert.False(Server.HasExited, Server.Errors);
        var log = Server.Errors;
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Injected", log, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Folder.Dispose();
    }
}

/// <summary>All hostile calls share one server, one test after the other, so that money can be followed.</summary>
[CollectionDefinition(Name)]
public sealed class FuzzGroup : ICollectionFixture<FuzzFixture>
{
    internal const string Name = "fuzz";
}
