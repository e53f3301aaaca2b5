using PanelServer.Domain.Refills;

namespace PanelServer.Domain.Tests.Refills;

public sealed class RefillWindowTests
{
    private const long Completed = 1_767_225_600_000;
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    private static readonly RefillWindow Usual = new();

    [Fact]
    public void The_usual_policy_is_thirty_days_and_a_day_between() =>
        Assert.Equal((30, 24), (Usual.Days, Usual.HoursBetween));

    [Theory]
    [InlineData(0, false)]
    [InlineData(Day - 1, false)]
    [InlineData(Day, true)]
    [InlineData(30 * Day, true)]
    [InlineData((30 * Day) + 1, false)]
    [InlineData(-Day, false)]
    public void A_refill_may_be_asked_from_a_day_to_the_last_millisecond_of_the_window(long after, bool allowed) =>
        Assert.Equal(allowed, Usual.Allows(Completed, null, 0, Completed + after));

    [Theory]
    [InlineData(10 * Day, (11 * Day) - 1, false)]
    [InlineData(10 * Day, 11 * Day, true)]
    [InlineData(29 * Day, 30 * Day, true)]
    [InlineData((29 * Day) + 1, 30 * Day, false)]
    [InlineData(-5 * Day, Day - 1, false)]
    [InlineData(-5 * Day, Day, true)]
    public void The_wait_runs_from_the_later_of_completion_and_the_last_request(long last, long now, bool allowed) =>
        Assert.Equal(allowed, Usual.Allows(Completed, Completed + last, 0, Completed + now));

    [Fact]
    public void A_policy_without_a_wait_allows_at_once()
    {
        var eager = new RefillWindow(1, 0);
        Assert.True(eager.Allows(Completed, null, 0, Completed));
        Assert.True(eager.Allows(Completed, Completed, 0, Completed));
        Assert.False(eager.Allows(Completed, null, 0, Completed - 1));
        Assert.False(eager.Allows(Completed, null, 0, Completed + Day + 1));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void A_policy_may_bound_how_often(int done, bool allowed) => Assert.Equal(
        allowed,
        new RefillWindow(30, 0, Times: 2).Allows(Completed, null, done, Completed));

    [Fact]
    public void The_longest_policy_does_not_overflow()
    {
        var longest = new RefillWindow(Limits.RefillDays, Limits.RefillDays);
        Assert.True(longest.Allows(Completed, null, 0, Completed + (Limits.RefillDays * Day)));
        Assert.False(new RefillWindow(int.MaxValue, int.MaxValue).Allows(Completed, Completed, 0, Completed));
    }
}
