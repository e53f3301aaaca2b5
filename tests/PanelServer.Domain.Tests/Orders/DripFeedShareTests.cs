using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Orders;

namespace PanelServer.Domain.Tests.Orders;

/// <summary>The parts of a drip-feed are the whole (docs/contract.md, "Drip-feed").</summary>
public sealed class DripFeedShareTests
{
    private static readonly Gen<(Money Charge, int Runs)> Feeds =
        from charge in Gen.OneOf(Cases.Amounts, Cases.UpTo(long.MaxValue).Select(units => new Money(units)))
        from runs in Gen.Choose(2, 50)
        select (charge, runs);

    [Fact]
    public void The_shares_are_the_charge() => Properties.Hold(Feeds, feed =>
    {
        var shares = Enumerable.Range(0, feed.Runs).Select(run => DripFeedShare.Of(feed.Charge, feed.Runs, run).Units).ToList();

        Assert.Equal(feed.Charge.Units, shares.Sum());
        Assert.All(shares.SkipLast(1), share => Assert.Equal(feed.Charge.Units / feed.Runs, share));
        Assert.InRange(shares[^1] - shares[0], 0, feed.Runs - 1);
    });

    [Fact]
    public void What_runs_and_what_does_not_are_the_charge() => Properties.Hold(
        from feed in Feeds from started in Gen.Choose(0, feed.Runs) select (feed.Charge, feed.Runs, started),
        feed =>
        {
            var started = Enumerable.Range(0, feed.started).Sum(run => DripFeedShare.Of(feed.Charge, feed.Runs, run).Units);

            Assert.Equal(feed.Charge.Units, started + DripFeedShare.From(feed.Charge, feed.Runs, feed.started).Units);
        });

    [Theory]
    [InlineData(10, 3, 0, 3)]
    [InlineData(10, 3, 2, 4)]
    [InlineData(1, 2, 0, 0)]
    [InlineData(1, 2, 1, 1)]
    [InlineData(0, 2, 1, 0)]
    public void The_last_run_takes_what_is_left_over(long charge, int runs, int run, long share) =>
        Assert.Equal(new(share), DripFeedShare.Of(new(charge), runs, run));

    [Theory]
    [InlineData(3, "Completed", "Completed Completed Completed")]
    [InlineData(3, "Partial", "Completed Completed")]
    [InlineData(3, "Partial", "Completed Canceled Completed")]
    [InlineData(3, "Partial", "Canceled Canceled Partial")]
    [InlineData(3, "Canceled", "Canceled Canceled Canceled")]
    [InlineData(3, "Canceled", "Canceled")]
    public void A_parent_ends_by_its_runs(int runs, string end, string states) => Assert.Equal(
        Enum.Parse<OrderStatus>(end),
        new DripFeed(runs, 1).EndOf([.. states.Split(' ').Select(Enum.Parse<OrderStatus>)]));

    [Fact]
    public void A_parent_does_not_end_before_its_runs()
    {
        var drip = new DripFeed(2, 1);
        Assert.Throws<ArgumentException>(() => drip.EndOf([]));
        Assert.Throws<ArgumentException>(() => drip.EndOf([OrderStatus.Completed, OrderStatus.InProgress]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DripFeedShare.Of(new(5), 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => DripFeedShare.From(new(5), 2, 3));
    }
}
