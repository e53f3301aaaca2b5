namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/snapshot</c>, <c>restore</c> and <c>reset</c>: worlds as fixtures of tests.</summary>
/// <param name="worlds">The kept ones.</param>
/// <param name="turnstile">Where resellers' calls wait meanwhile.</param>
/// <param name="clock">The world's clock.</param>
/// <param name="memory">What is in memory of the world before.</param>
internal sealed class WorldControl(SandboxSnapshots worlds, RequestGate turnstile, SandboxClock clock, WorldMemory memory)
{
    private static readonly ControlAnswer Busy = ControlAnswer.Refused(
        StatusCodes.Status503ServiceUnavailable,
        $"calls in flight did not end within {RequestGate.Patience.TotalSeconds} seconds; try again");

    public async Task<ControlAnswer> KeepAsync(ControlRequest request)
    {
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        var answer = Busy;
        await turnstile.AloneAsync(async () => answer = (await worlds.KeepAsync()).Try(out var name, out var refusal)
            ? ControlAnswer.Done(new { Name = name })
            : refusal);
        return answer;
    }

    public async Task<ControlAnswer> RestoreAsync(ControlRequest request)
    {
        var name = request.Body.Text("name") ?? request.Body.Missing<string>("name");
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        return worlds.Find(name!).Try(out var world, out var refusal) ? await PlayAsync(world) : refusal;
    }

    public async Task<ControlAnswer> ResetAsync(ControlRequest request)
    {
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        return await PlayAsync(await worlds.FirstAsync());
    }

    private async Task<ControlAnswer> PlayAsync(PanelDatabase world)
    {
        var isDone = await turnstile.AloneAsync(async () =>
        {
            await worlds.ExchangeAsync(world);
            memory.Forget();
        });
        return isDone ? ControlAnswer.Done(new { Clock = InstantText.Of(clock.Instant) }) : Busy;
    }
}
