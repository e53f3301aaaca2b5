using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>When no call is made to a provider, and for how long.</summary>
public sealed class CircuitBreakerTests
{
    private const long Now = 1_700_000_000_000;

    private static readonly CircuitBreaker Closed = new(0, null, Pause.None, null);

    [Theory]
    [InlineData(0, null)]
    [InlineData(4, null)]
    [InlineData(5, 30_000L)]
    [InlineData(6, 60_000L)]
    [InlineData(9, 480_000L)]
    [InlineData(10, 600_000L)]
    [InlineData(int.MaxValue, 600_000L)]
    public void The_circuit_of_a_provider_that_fails_opens_longer_each_time(int failures, long? pause) =>
        Assert.Equal(pause, CircuitBreaker.OpenFor(failures));

    [Fact]
    public void It_opens_with_the_fifth_failure_in_a_row_and_closes_with_an_answer()
    {
        var circuit = Closed;
        for (var failure = 1; failure < CircuitBreaker.FailuresToOpen; failure++)
        {
            circuit = circuit.AfterFailure(Now);
            Assert.True(circuit.IsClosed && circuit.TakesOrders);
        }

        circuit = circuit.AfterFailure(Now);
        Assert.Equal(new(5, Now + 30_000, Pause.None, null), circuit);
        Assert.False(circuit.IsClosed || circuit.TakesOrders || circuit.IsCalledAboutOrders);
        Assert.False(circuit.IsHalfOpen(Now + 29_999));
        Assert.True(circuit.IsHalfOpen(Now + 30_000));

        // A test that fails opens it for longer; one that is answered closes it.
        Assert.Equal(Now + 60_000, circuit.AfterFailure(Now).OpenUntil);
        Assert.Equal(Closed, circuit.AfterSuccess());

        // An answer to a query alone closes it, and the failures stay: the next submission goes alone.
        Assert.Equal(new(5, null, Pause.None, null), circuit.AfterQueryOnly());
    }

    [Fact]
    public void Too_many_calls_open_it_for_the_time_that_is_asked_for_and_five_seconds_at_the_least()
    {
        Assert.Equal(Now + 5_000, Closed.AfterTooManyCalls(Now, null).OpenUntil);
        Assert.Equal(Now + 5_000, Closed.AfterTooManyCalls(Now, TimeSpan.FromSeconds(1)).OpenUntil);
        Assert.Equal(Now + 90_000, Closed.AfterTooManyCalls(Now, TimeSpan.FromSeconds(90)).OpenUntil);
        Assert.Equal(0, Closed.AfterTooManyCalls(Now, null).Failures);

        // A longer rest that was asked for before is never shortened.
        var resting = Closed.AfterTooManyCalls(Now, TimeSpan.FromSeconds(300));
        Assert.Equal(Now + 300_000, resting.AfterTooManyCalls(Now + 1, null).OpenUntil);
        Assert.Equal(Now + 300_000, Enumerable.Range(1, 5).Aggregate(resting, (circuit, _) => circuit.AfterFailure(Now + 1)).OpenUntil);
    }

    [Theory]
    [InlineData(Pause.None, true, true)]
    [InlineData(Pause.Operator, false, true)]
    [InlineData(Pause.Funds, false, true)]
    [InlineData(Pause.Strange, false, true)]
    [InlineData(Pause.Key, false, false)]
    public void A_pause_stops_new_orders_and_a_refused_key_everything(Pause paused, bool takesOrders, bool isCalled)
    {
        var circuit = Closed with { Paused = paused };

        Assert.Equal((takesOrders, isCalled), (circuit.TakesOrders, circuit.IsCalledAboutOrders));
        Assert.False((circuit with { OpenUntil = Now }).TakesOrders || (circuit with { OpenUntil = Now }).IsCalledAboutOrders);
    }

    [Fact]
    public void A_pause_is_never_replaced_by_another_and_ends_for_its_own_reason_only()
    {
        foreach (var paused in Enum.GetValues<Pause>())
        {
            foreach (var reason in Enum.GetValues<Pause>().Where(one => one != Pause.None))
            {
                var circuit = Closed with { Paused = paused };
                Assert.Equal(paused == Pause.None ? reason : null, circuit.PauseFor(reason, Now)?.Paused);
                Assert.Equal(paused == reason ? Pause.None : null, circuit.Resume(reason)?.Paused);
            }

            Assert.Equal(Pause.Operator, (Closed with { Paused = paused, ProbeAt = Now }).PauseByOperator().Paused);
            Assert.Null((Closed with { Paused = paused, ProbeAt = Now }).PauseByOperator().ProbeAt);
        }

        Assert.Equal(Closed, CircuitBreaker.ResumedByOperator);
    }

    [Fact]
    public void A_provider_paused_for_unclear_refusals_is_probed_every_fifteen_minutes()
    {
        const long period = 15 * 60_000;
        var circuit = Closed.PauseFor(Pause.Strange, Now)!.Value;
        Assert.Equal(Now + period, circuit.ProbeAt);
        Assert.False(circuit.IsProbeDue(Now + period - 1));
        Assert.True(circuit.IsProbeDue(Now + period));
        Assert.False((circuit with { OpenUntil = Now }).IsProbeDue(Now + period));

        Assert.Null(circuit.TakeProbe(Now + 1, dueOrNot: false));
        Assert.Equal(Now + 1 + period, circuit.TakeProbe(Now + 1, dueOrNot: true)?.ProbeAt);
        Assert.Equal(Now + (2 * period), circuit.TakeProbe(Now + period, dueOrNot: false)?.ProbeAt);
        Assert.Null((circuit with { Paused = Pause.Funds }).TakeProbe(Now + period, dueOrNot: true));
        Assert.Equal(Closed, circuit.Resume(Pause.Strange));
    }
}
