using PanelServer.Sandbox;

namespace PanelServer.Tests.Sandbox;

/// <summary>Nobody is inside while the world is exchanged, and nobody waits for ever.</summary>
public sealed class RequestGateTests
{
    private static readonly TimeSpan Long = Patience.Long;

    [Fact]
    public async Task Whoever_is_inside_ends_first_and_whoever_comes_waits()
    {
        var turnstile = new RequestGate(Long);
        await turnstile.EnterAsync();
        var end = new TaskCompletionSource();
        var exchanged = turnstile.AloneAsync(() => end.Task);
        var next = turnstile.EnterAsync().AsTask();
        Assert.False(exchanged.IsCompleted);

        turnstile.Leave();
        Assert.False(next.IsCompleted);
        end.SetResult();

        Assert.True(await exchanged);
        await next;
        turnstile.Leave();
        Assert.True(await turnstile.AloneAsync(() => Task.CompletedTask));
    }

    [Fact]
    public async Task One_that_never_ends_is_not_waited_for()
    {
        var turnstile = new RequestGate(TimeSpan.FromMilliseconds(20));
        await turnstile.EnterAsync();
        var isDone = false;

        Assert.False(await turnstile.AloneAsync(() =>
        {
            isDone = true;
            return Task.CompletedTask;
        }));

        Assert.False(isDone);
        await turnstile.EnterAsync();
        turnstile.Leave();
        turnstile.Leave();
        Assert.True(await turnstile.AloneAsync(() => Task.CompletedTask));
    }

    [Fact]
    public async Task Whoever_stays_is_hurried()
    {
        var turnstile = new RequestGate(Long);
        await turnstile.EnterAsync();
        var stay = turnstile.StayAsync(Long);
        var exchanged = turnstile.AloneAsync(() => Task.CompletedTask);

        await stay;
        turnstile.Leave();
        Assert.True(await exchanged);

        // Afterwards there is no hurry any more, until the server stops.
        var again = turnstile.StayAsync(Long);
        Assert.False(again.IsCompleted);
        turnstile.HurryAll();
        await again;
        await turnstile.StayAsync(Long);
    }

    [Fact]
    public async Task It_opens_again_when_the_exchange_fails()
    {
        var turnstile = new RequestGate(Long);

        await Assert.ThrowsAsync<InvalidOperationException>(() => turnstile.AloneAsync(() => throw new InvalidOperationException()));

        await turnstile.EnterAsync();
        turnstile.Leave();
    }
}
