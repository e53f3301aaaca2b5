using PanelServer.Contract;
using PanelServer.Data;
using PanelServer.Sandbox;
using PanelServer.Sandbox.Control;

namespace PanelServer.Hosting;

/// <summary>
/// What a sandbox has before the resellers' contract: its control calls, put together in one table, and the turnstile
/// where resellers' calls wait while the world is exchanged.
/// </summary>
internal sealed class SandboxDoor : IDisposable
{
    private readonly Turnstile _turnstile = new();
    private readonly ControlEndpoint _control;

    /// <param name="panel">A sandbox.</param>
    /// <param name="logs">Where errors are told.</param>
    public SandboxDoor(Panel panel, ILoggerFactory logs)
    {
        var clock = (SandboxClock)panel.Clock;
        var overview = new OverviewControl(panel.Database);
        var worlds = new WorldControl(
            new Worlds(panel.Folder, panel.Writes, logs.CreateLogger<WriteQueue>()),
            _turnstile,
            clock,
            () => Forget(panel, clock));
        _control = new(
            [
                new("GET", "/sandbox", overview.ShowAsync),
                new("GET", "/sandbox/verify", overview.VerifyAsync),
                new("POST", "/sandbox/clock", new ClockControl(new(panel.Writes, panel.Jobs, clock), clock).MoveAsync),
                new("PUT", "/sandbox/orders/*", new OrderControl(panel.Writes, clock).PlayAsync),
                new("PUT", "/sandbox/refills/*", new RefillControl(panel.Writes, clock).PlayAsync),
                new("PUT", "/sandbox/cancels/*", new CancelControl(panel.Writes, clock).AnswerAsync),
                new("POST", "/sandbox/subscriptions/*/posts", new PostControl(panel.AppearPosts).AppearAsync),
                new("PUT", "/sandbox/resellers/*", new ResellerControl(panel.Writes, clock).SetAsync),
                new("POST", "/sandbox/snapshot", worlds.KeepAsync),
                new("POST", "/sandbox/restore", worlds.RestoreAsync),
                new("POST", "/sandbox/reset", worlds.ResetAsync),
            ],
            logs.CreateLogger<ControlEndpoint>());
    }

    /// <summary>Answers a control call, or lets a call pass to the contract.</summary>
    public async Task HandleAsync(HttpContext context, ContractEndpoint contract)
    {
        if (ControlEndpoint.IsOurs(context.Request.Path.Value))
        {
            await _control.HandleAsync(context);
            return;
        }

        await _turnstile.EnterAsync();
        try
        {
            await contract.HandleAsync(context);
        }
        finally
        {
            _turnstile.Leave();
        }
    }

    public void Dispose() => _control.Dispose();

    /// <summary>Everything that is kept in memory of a world.</summary>
    private static void Forget(Panel panel, SandboxClock clock)
    {
        clock.Instant = panel.Readers.Read(0, static (reader, _) => PanelIdentity.Read(reader))!.Clock!.Value;
        panel.Services.Forget();
        panel.Callers.Forget();
    }
}
