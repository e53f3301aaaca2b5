using PanelServer.Domain.Cancels;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Domain.Tests;

public sealed class LimitsTests
{
    [Fact]
    public void The_bounds_are_those_of_the_contract()
    {
        Assert.Equal((100, 1_000), (Limits.BatchIds, Limits.BatchIdsRefused));
        Assert.Equal((2_147_483_647, 2_147_483_647), (Limits.MaxId, Limits.MaxQuantity));
        Assert.Equal((18, 255), (Limits.IntegerDigits, Limits.RetryKeyLength));
        Assert.Equal((10_000, 2_000, 2_048), (Limits.ListLines, Limits.LineLength, Limits.LinkLength));
    }

    [Fact]
    public void The_numbers_that_are_stored_stay() => Golden.Approves(
        "stored-numbers",
        new[]
        {
            Numbers<OrderStatus>(), Numbers<OrderStage>(), Numbers<Actor>(), Numbers<RefillStatus>(),
            Numbers<CancelStatus>(),
        });

    private static string Numbers<T>()
        where T : struct, Enum =>
        $"{typeof(T).Name}: {string.Join(", ", Enum.GetValues<T>().Select(value => $"{value:D} {value}"))}";
}
