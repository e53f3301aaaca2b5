namespace PanelServer.Testing;

/// <summary>The panel's clock: it stands still until it is moved, and whatever falls due on the way is done before the call returns.</summary>
public sealed class SandboxClock
{
    private readonly ControlDoor _control;

    internal SandboxClock(ControlDoor control) => _control = control;

    /// <summary>The panel's time now.</summary>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancel = default)
    {
        using var answer = await _control.SendAsync(HttpMethod.Get, "", null, cancel);
        return answer.RootElement.GetProperty("clock").GetDateTimeOffset();
    }

    /// <summary>Lets time pass.</summary>
    /// <exception cref="SandboxException">It is not whole seconds, or not more than zero; the clock has not moved.</exception>
    /// <param name="time">How much.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task AdvanceAsync(TimeSpan time, CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Post, "clock", new() { ["advance"] = time.ToString("c") }, cancel);

    /// <summary>Lets time pass until an instant.</summary>
    /// <exception cref="SandboxException">It is not after the panel's time; the clock has not moved.</exception>
    /// <param name="instant">The panel's time afterwards.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task MoveToAsync(DateTimeOffset instant, CancellationToken cancel = default) =>
        _control.TellAsync(HttpMethod.Post, "clock", new() { ["to"] = instant.UtcDateTime.ToString("O") }, cancel);
}
