using PanelServer.ResellerApi;
using PanelServer.Sandbox;
using PanelServer.Sandbox.Control;

namespace PanelServer.Hosting;

/// <summary>
/// The doors of a sandbox: its control calls, and before the resellers' contract the request gate where calls wait while
/// the world is exchanged.
/// </summary>
internal sealed class SandboxDoor(
    ContractEndpoint contract,
    ControlEndpoint control,
    RequestGate gate,
    ClockAdvancer advancer,
    SandboxClock clock)
{
    /// <summary>Answers a control call, or lets a call pass to the contract.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (ControlEndpoint.IsOurs(context.Request.Path.Value))
        {
            await control.HandleAsync(context);
            return;
        }

        await gate.EnterAsync();
        try
        {
            await contract.HandleAsync(context);
        }
        finally
        {
            gate.Leave();
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
                await control.InTurnAsync(() => advancer.MoveAsync(clock.Instant + passed, CancellationToken.None));
            }

            return false;
        };
    }
}
