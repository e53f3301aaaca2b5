using FsCheck.Fluent;
using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>How long is waited with providers.</summary>
public sealed class PaceTests
{
    private const long Second = 1_000, Minute = 60 * Second;

    [Theory]
    [InlineData(0, Minute)]
    [InlineData(-5, Minute)]
    [InlineData(8 * Minute, 2 * Minute)]
    [InlineData(240 * Minute, 60 * Minute)]
    [InlineData(long.MaxValue, 60 * Minute)]
    public void What_moves_is_asked_about_often_and_what_stands_still_seldom(long unchanged, long pause) =>
        Assert.Equal(pause, Pace.UntilPoll(unchanged));

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
        Assert.Equal(pause, Pace.UntilSentAgain(attempts, jitter));

    [Fact]
    public void A_pause_is_never_shorter_than_the_one_before_and_stays_within_its_bounds() => Properties.Hold(
        from attempts in Cases.UpTo(int.MaxValue - 1)
        from jitter in Cases.UpTo(1_000)
        select (Attempts: (int)attempts, Jitter: (int)jitter),
        given =>
        {
            var pause = Pace.UntilSentAgain(given.Attempts, given.Jitter);
            Assert.InRange(pause, 2_500, 10 * Minute);
            Assert.True(Pace.UntilSentAgain(given.Attempts + 1, given.Jitter) >= pause);
            Assert.InRange(Pace.UntilPoll(given.Attempts), Minute, 60 * Minute);
        });

    [Theory]
    [InlineData(0, null)]
    [InlineData(4, null)]
    [InlineData(5, 30_000L)]
    [InlineData(6, 60_000L)]
    [InlineData(9, 480_000L)]
    [InlineData(10, 600_000L)]
    [InlineData(int.MaxValue, 600_000L)]
    public void A_provider_that_fails_is_left_alone_longer_each_time(int failures, long? pause) =>
        Assert.Equal(pause, Pace.Open(failures));
}
