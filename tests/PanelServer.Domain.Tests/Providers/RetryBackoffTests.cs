using FsCheck.Fluent;
using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>How long what failed waits until it is tried again.</summary>
public sealed class RetryBackoffTests
{
    [Theory]
    [InlineData(0, 0, 2_500)]
    [InlineData(0, 1_000, 5_000)]
    [InlineData(0, 5_000, 5_000)]
    [InlineData(0, -1, 2_500)]
    [InlineData(1, 1_000, 10_000)]
    [InlineData(6, 1_000, 320_000)]
    [InlineData(7, 1_000, 600_000)]
    [InlineData(int.MaxValue, 1_000, 600_000)]
    [InlineData(int.MaxValue, 0, 300_000)]
    public void What_could_not_be_sent_waits_twice_as_long_each_time(int attempts, int jitter, long pause) =>
        Assert.Equal(pause, RetryBackoff.PauseBeforeRetry(attempts, jitter));

    [Fact]
    public void A_pause_is_never_shorter_than_the_one_before_and_stays_within_its_bounds() => Properties.Hold(
        from attempts in Cases.UpTo(int.MaxValue - 1)
        from jitter in Cases.UpTo(1_000)
        select (Attempts: (int)attempts, Jitter: (int)jitter),
        given =>
        {
            var pause = RetryBackoff.PauseBeforeRetry(given.Attempts, given.Jitter);
            Assert.InRange(pause, 2_500, 600_000);
            Assert.True(RetryBackoff.PauseBeforeRetry(given.Attempts + 1, given.Jitter) >= pause);
        });
}
