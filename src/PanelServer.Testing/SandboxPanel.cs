using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using PanelServer.Data;
using PanelServer.Hosting;
using PanelServer.Hosting.Settings;
using PanelServer.Sandbox;

namespace PanelServer.Testing;

/// <summary>
/// A whole panel inside a test: the real server with the sandbox's invented world, called in memory, with no port and no
/// process. Each is a world of its own, so tests may run side by side; it is gone when it is disposed.
/// </summary>
/// <remarks>
/// The clock stands at 2026-01-01T00:00:00Z and moves only by <see cref="Clock"/>. Orders play as their links on host
/// <c>sandbox.test</c> say, or as <see cref="Orders"/> decides.
/// </remarks>
public sealed class SandboxPanel : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PanelLifetime _panel;
    private readonly WebApplication _server;
    private readonly TestServer _transport;
    private readonly ControlDoor _control;

    private SandboxPanel(TemporaryFolder folder, PanelLifetime panel, WebApplication server)
    {
        _folder = folder;
        _panel = panel;
        _server = server;
        _transport = server.GetTestServer();
        _control = new(CreateClient());
        Clock = new(_control);
        Orders = new(_control);
        Refills = new(_control);
        Cancels = new(_control);
        Subscriptions = new(_control);
        Resellers = new(_control);
        Faults = new(_control);
    }

    /// <summary>Where the panel seems to be: what <see cref="CreateClient"/> resolves <c>/api/v2</c> against.</summary>
    public Uri BaseAddress => _transport.BaseAddress;

    /// <summary>Where the world lies.</summary>
    internal string Folder => _folder.Path;

    /// <summary>The panel's time.</summary>
    public SandboxClock Clock { get; }

    /// <summary>Plays the provider for single orders.</summary>
    public SandboxOrders Orders { get; }

    /// <summary>Plays the provider for single refills.</summary>
    public SandboxRefills Refills { get; }

    /// <summary>Answers requests to cancel.</summary>
    public SandboxCancels Cancels { get; }

    /// <summary>Lets posts appear that subscriptions wait for.</summary>
    public SandboxSubscriptions Subscriptions { get; }

    /// <summary>What the resellers have.</summary>
    public SandboxResellers Resellers { get; }

    /// <summary>Lets calls fail.</summary>
    public SandboxFaults Faults { get; }

    /// <summary>Starts a panel with a fresh world.</summary>
    /// <exception cref="SandboxException">There is no place for its files; the message is one line that says why.</exception>
    public static async Task<SandboxPanel> StartAsync()
    {
        // What stands around in the test's own settings and environment is not meant for this panel.
        var folder = TemporaryFolder.Create();
        try
        {
            var server = Server.Build(PanelFolder.Of(folder.Path, isSandbox: true), SettingsReader.Defaults, host => host.UseTestServer());
            var panel = await PanelLifetime.OpenAsync(server.Services, TimeSpan.Zero);
            await server.StartAsync();
            return new(folder, panel, server);
        }
        catch (PanelException error)
        {
            folder.Dispose();
            throw new SandboxException(error.Message, error);
        }
    }

    /// <summary>A client for the program under test, with <see cref="BaseAddress"/> set. Dispose it or not, as you like.</summary>
    public HttpClient CreateClient() => new(CreateHandler()) { BaseAddress = BaseAddress };

    /// <summary>
    /// The way to the panel, for a program that makes its own clients:
    /// <c>services.AddHttpClient("panel").ConfigurePrimaryHttpMessageHandler(panel.CreateHandler)</c>.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new BrokenConnections(_transport.CreateHandler());

    /// <summary>Keeps the whole world as it is now: every row, the clock, the faults.</summary>
    /// <returns>The name to give to <see cref="RestoreAsync"/>.</returns>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<string> SnapshotAsync(CancellationToken cancel = default)
    {
        using var answer = await _control.SendAsync(HttpMethod.Post, "snapshot", null, cancel);
        return answer.RootElement.GetProperty("name").GetString()!;
    }

    /// <summary>Goes back to a kept world; its clock goes back with it.</summary>
    /// <exception cref="SandboxException">There is no snapshot of that name.</exception>
    /// <param name="name">What <see cref="SnapshotAsync"/> answered.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task RestoreAsync(string name, CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Post, "restore", new() { ["name"] = name }, cancel);

    /// <summary>Goes back to the world that every sandbox begins with.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    public Task ResetAsync(CancellationToken cancel = default) => _control.TellAsync(HttpMethod.Post, "reset", null, cancel);

    /// <summary>
    /// Proves the panel's books: every balance is the sum of its transfers, no refund is above its charge, and more.
    /// </summary>
    /// <returns>What is wrong, one line each; nothing, or you have found a bug of the panel.</returns>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancel = default)
    {
        using var answer = await _control.SendAsync(HttpMethod.Get, "verify", null, cancel);
        return [.. answer.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()!)];
    }

    /// <summary>Ends the panel and removes its world.</summary>
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _server.StopAsync();
        await _panel.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
