using PanelServer.Data;
using PanelServer.Domain.Faults;
using PanelServer.ResellerApi;
using PanelServer.Sandbox;
using PanelServer.Sandbox.Control;

namespace PanelServer.Hosting;

/// <summary>
/// The doors of a sandbox: its control calls, put together in one table, and before the resellers' contract the turnstile
/// where calls wait while the world is exchanged, and the faults that they meet.
/// </summary>
internal sealed class SandboxDoor : IDisposable
{
    private readonly RequestGate _turnstile = new(RequestGate.Patience);
    private readonly Faults _faults;
    private readonly ContractEndpoint _contract;
    private readonly ControlEndpoint _control;
    private readonly ClockAdvancer _timeline;
    private readonly SandboxClock _clock;

    /// <param name="panel">A sandbox.</param>
    /// <param name="logs">Where errors are told.</param>
    /// <param name="server">The server's life; its end waits for no fault.</param>
    public SandboxDoor(Panel panel, ILoggerFactory logs, IHostApplicationLifetime server)
    {
        server.ApplicationStopping.Register(_turnstile.HurryAll);
        _faults = new(panel.Writes, panel.Database);
        _contract = new(panel, logs.CreateLogger<ContractEndpoint>(), NextFaultAsync);
        var clock = _clock = (SandboxClock)panel.Clock;
        _timeline = new(panel.Writes, panel.Jobs, clock);
        var overview = new OverviewControl(panel.Database);
        var worlds = new WorldControl(
            new SandboxSnapshots(panel.Folder, panel.Writes, logs.CreateLogger<WriteQueue>()),
            _turnstile,
            clock,
            () => Forget(panel, clock));
        var faults = new FaultControl(_faults, _contract.ActionNamed);
        _control = new(
            [
                new("GET", "/sandbox", overview.ShowAsync),
                new("GET", "/sandbox/verify", overview.VerifyAsync),
                new("POST", "/sandbox/clock", new ClockControl(_timeline, clock).MoveAsync),
                new("PUT", "/sandbox/orders/*", new OrderControl(panel.Writes, clock).PlayAsync),
                new("PUT", "/sandbox/refills/*", new RefillControl(panel.Writes, clock).PlayAsync),
                new("PUT", "/sandbox/cancels/*", new CancelControl(panel.Writes, clock).AnswerAsync),
                new("POST", "/sandbox/subscriptions/*/posts", new PostControl(panel.AppearPosts).AppearAsync),
                new("PUT", "/sandbox/resellers/*", new ResellerControl(panel.Writes, clock).SetAsync),
                new("POST", "/sandbox/faults", faults.AddAsync),
                new("DELETE", "/sandbox/faults", faults.ClearAsync),
                new("POST", "/sandbox/snapshot", worlds.KeepAsync),
                new("POST", "/sandbox/restore", worlds.RestoreAsync),
                new("POST", "/sandbox/reset", worlds.ResetAsync),
            ],
            logs.CreateLogger<ControlEndpoint>());
    }

    /// <summary>Answers a control call, or lets a call pass to the contract.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (ControlEndpoint.IsOurs(context.Request.Path.Value))
        {
            await _control.HandleAsync(context);
            return;
        }

        await _turnstile.EnterAsync();
        try
        {
            await _contract.HandleAsync(context);
        }
        finally
        {
            _turnstile.Leave();
        }
    }

    /// <summary>
    /// Lets the clock go by itself: each pass moves it by the time since the pass before, and does what is due meanwhile.
    /// </summary>
    /// <param name="time">The time that goes by.</param>
    public Func<Task<bool>> RealTime(TimeProvider time)
    {
        var before = time.GetTimestamp();
        return async () =>
        {
            var now = time.GetTimestamp();
            var passed = (long)time.GetElapsedTime(before, now).TotalMilliseconds;
            before = now;
            if (passed > 0)
            {
                await _control.InTurnAsync(() => _timeline.MoveAsync(_clock.Instant + passed, CancellationToken.None));
            }

            return false;
        };
    }

    public void Dispose()
    {
        _control.Dispose();
        _contract.Dispose();
    }

    /// <summary>What goes wrong with a call of an action. A delay is over when this returns.</summary>
    private async ValueTask<Fault?> NextFaultAsync(string action)
    {
        var fault = await _faults.NextAsync(action);
        if (fault is not { Kind: FaultKind.Delay, Number: var milliseconds })
        {
            return fault;
        }

        await _turnstile.StayAsync(TimeSpan.FromMilliseconds(milliseconds));
        return null;
    }

    /// <summary>Everything that is kept in memory of a world.</summary>
    private void Forget(Panel panel, SandboxClock clock)
    {
        clock.Instant = panel.Readers.Read(0, static (reader, _) => PanelIdentity.Read(reader))!.Clock!.Value;
        panel.Services.Forget();
        panel.LinkBlocks.Forget();
        panel.Callers.Forget();
        _faults.Forget();
    }
}
