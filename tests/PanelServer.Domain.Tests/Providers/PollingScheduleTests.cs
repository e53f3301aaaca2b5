using FsCheck.Fluent;
using PanelServer.Domain.Providers;

namespace PanelServer.Domain.Tests.Providers;

/// <summary>When what a provider has is polled again.</summary>
public sealed class PollingScheduleTests
{
    private const long Minute = 60_000;

    [Theory]
    [InlineData(0, Minute)]
    [InlineData(-5, Minute)]
    [InlineData(8 * Minute, 2 * Minute)]
    [InlineData(240 * Minute, 60 * Minute)]
    [InlineData(long.MaxValue, 60 * Minute)]
    public void What_changes_is_polled_often_and_what_stands_still_seldom(long unchanged, long pause) =>
        Assert.Equal(pause, PollingSchedule.PauseAfter(unchanged));

    [Fact]
    public void A_pause_stays_within_its_bounds() => Properties.Hold(
        from unchanged in Cases.UpTo(int.MaxValue)
        select unchanged,
        unchanged => Assert.InRange(PollingSchedule.PauseAfter(unchanged), Minute, 60 * Minute));
}
