namespace PanelServer.Tests.Processes;

/// <summary>One running panel on real storage with the test's service list, shared by the tests of a class.</summary>
public sealed class PanelFixture : IAsyncLifetime
{
    /// <summary>Limits off: these tests call far faster than any honest client.</summary>
    internal static readonly (string Name, string Value)[] NoLimits =
    [
        ("PANEL__Limits__CallsPerSecond", "0"),
        ("PANEL__Limits__ConcurrentCalls", "0"),
        ("PANEL__Limits__FailedKeysPerMinute", "0"),
    ];

    private PanelProcess? _server;

    internal PanelFolder Folder { get; } = new();

    internal PanelProcess Server => _server ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        _server = await Folder.ServeAsync(NoLimits);
        await ImportAsync(Folder);
    }

    internal static async Task ImportAsync(PanelFolder folder)
    {
        var list = folder.File("services.json");
        await File.WriteAllTextAsync(list, SoldService.PublishedJson());
        await folder.DoAsync("service", "import", list);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Folder.Dispose();
    }
}
