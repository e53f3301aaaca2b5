using PanelServer.Domain;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/clock</c>: moves the clock, and with it everything that happens by itself.</summary>
internal sealed class ClockControl(ClockAdvancer timeline, SandboxClock clock)
{
    private static readonly long Latest = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public async Task<ControlAnswer> MoveAsync(ControlRequest request)
    {
        var (advance, to) = (request.Body.Text("advance"), request.Body.Text("to"));
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        if (!Target(advance, to).Try(out var target, out var refusal))
        {
            return refusal;
        }

        var passes = await timeline.MoveAsync(target, request.Cancel);
        return ControlAnswer.Done(new { Clock = InstantText.Of(clock.Instant), Passes = passes });
    }

    private Result<long> Target(string? advance, string? to)
    {
        if ((advance is null) == (to is null))
        {
            return Incorrect("give either advance, such as \"1.01:30:00\", or to, such as \"2026-02-01T00:00:00Z\"");
        }

        var target = advance is null ? InstantText.Read(to!) : clock.Instant + InstantText.ReadLength(advance);
        return target is null
                ? Incorrect(advance is null
                    ? $"to must be written like 2026-02-01T00:00:00Z, not {ControlBody.Shown(to!)}"
                    : $"advance must be written as [d.]hh:mm:ss with hours 00 to 23, not {ControlBody.Shown(advance)}")
            : target <= clock.Instant
                ? Incorrect($"the clock stands at {InstantText.Of(clock.Instant)} and moves only forward")
            : target > Latest
                ? Incorrect("the clock ends with the year 9999")
            : target.Value;
    }

    private static Refusal Incorrect(string line) => new("control", line);
}
