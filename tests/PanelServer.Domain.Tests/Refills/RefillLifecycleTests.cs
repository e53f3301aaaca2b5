using PanelServer.Domain.Refills;

namespace PanelServer.Domain.Tests.Refills;

public sealed class RefillLifecycleTests
{
    private static readonly RefillStatus[] Statuses = Enum.GetValues<RefillStatus>();

    [Fact]
    public void Every_move_is_approved() => Golden.Approves(
        "refill-moves",
        from status in Statuses
        from to in Statuses
        select $"{status,-10} {to,-10} {(RefillLifecycle.Allows(status, to) ? "yes" : "-")}");

    [Fact]
    public void A_refill_that_ended_stays_ended() => Assert.All(
        [RefillStatus.Completed, RefillStatus.Rejected, RefillStatus.Error],
        status => Assert.Empty(RefillLifecycle.MovesFrom(status)));
}
