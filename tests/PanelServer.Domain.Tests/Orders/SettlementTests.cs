using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Orders;

namespace PanelServer.Domain.Tests.Orders;

public sealed class SettlementTests
{
    private static readonly OrderStatus[] Ends = [OrderStatus.Completed, OrderStatus.Partial, OrderStatus.Canceled];

    /// <summary>A charge, a quantity and what remains of it.</summary>
    private static readonly Gen<(Money Charge, long Quantity, long Remains)> Orders =
        from charge in Gen.OneOf(Cases.Amounts, Cases.UpTo(long.MaxValue).Select(units => new Money(units)))
        from quantity in Gen.OneOf(Cases.UpTo(int.MaxValue), Cases.UpTo(long.MaxValue)).Select(it => Math.Max(1, it))
        from remains in Cases.UpTo(quantity)
        select (charge, quantity, remains);

    [Theory]
    [InlineData("0.27819", 157, 1000, "0.04367")]
    [InlineData("0.00001", 999, 1000, "0.00000")]
    [InlineData("0.00001", 1000, 1000, "0.00001")]
    [InlineData("1", 1, 3, "0.33333")]
    [InlineData("1", 0, 3, "0.00000")]
    [InlineData("0", 3, 3, "0.00000")]
    public void What_is_owed_is_the_undelivered_share_rounded_down(
        string text, long remains, long quantity, string owed)
    {
        Assert.True(Money.TryParse(text, out var charge));
        Assert.Equal(owed, Settlement.Owed(charge, remains, quantity).ToString());
    }

    [Fact]
    public void What_is_owed_is_exactly_the_floor_and_within_the_charge() => Properties.Hold(
        Orders,
        order =>
        {
            var owed = Settlement.Owed(order.Charge, order.Remains, order.Quantity);
            Assert.Equal((BigInteger)order.Charge.Units * order.Remains / order.Quantity, owed.Units);
            Assert.True(owed >= Money.Zero && owed <= order.Charge);
        });

    [Fact]
    public void Nothing_overflows_at_the_largest_numbers()
    {
        var charge = new Money(long.MaxValue);
        Assert.Equal(charge, Settlement.Owed(charge, long.MaxValue, long.MaxValue));
        Assert.Equal(new(long.MaxValue - 1), Settlement.Owed(charge, long.MaxValue - 1, long.MaxValue));
        Assert.Equal(new(1), Settlement.Owed(charge, 1, long.MaxValue));
        Assert.Equal(charge, Settlement.Of(OrderStatus.Canceled, charge, Money.Zero, int.MaxValue, 0).Refund);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    [InlineData(long.MaxValue, int.MaxValue)]
    [InlineData(long.MinValue, 10)]
    public void Remains_outside_of_the_quantity_are_a_mistake_of_the_caller(long remains, long quantity)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Settlement.Owed(new(5), remains, quantity));
        Assert.All(Ends, end => Assert.Throws<ArgumentOutOfRangeException>(
            () => Settlement.Of(end, new(5), Money.Zero, quantity, remains)));
    }

    [Fact]
    public void Only_an_end_can_be_settled() => Assert.All(
        Enum.GetValues<OrderStatus>().Except(Ends),
        status => Assert.Throws<ArgumentOutOfRangeException>(
            () => Settlement.Of(status, new(5), Money.Zero, 10, 5)));

    [Fact]
    public void A_completed_order_has_nothing_left_and_gives_nothing_back() => Properties.Hold(
        Orders,
        order => Settlement.Of(OrderStatus.Completed, order.Charge, Money.Zero, order.Quantity, order.Remains)
            == new Settlement(OrderStatus.Completed, 0, Money.Zero));

    [Fact]
    public void A_canceled_order_gives_everything_back_and_keeps_its_last_remains() => Properties.Hold(
        Orders,
        order => Settlement.Of(OrderStatus.Canceled, order.Charge, Money.Zero, order.Quantity, order.Remains)
            == new Settlement(OrderStatus.Canceled, order.Remains, order.Charge));

    [Fact]
    public void A_partial_order_gives_back_the_rest() => Properties.Hold(
        Orders,
        order =>
        {
            var settled = Settlement.Of(OrderStatus.Partial, order.Charge, Money.Zero, order.Quantity, order.Remains);
            var status = order.Remains == 0 ? OrderStatus.Completed
                : order.Remains == order.Quantity ? OrderStatus.Canceled
                : OrderStatus.Partial;
            var owed = Settlement.Owed(order.Charge, order.Remains, order.Quantity);
            Assert.Equal(new Settlement(status, order.Remains, owed), settled);
        });

    [Fact]
    public void Settling_again_pays_a_target_and_not_a_step() => Properties.Hold(
        Orders,
        order => Assert.All(Ends, end =>
        {
            var first = Settlement.Of(end, order.Charge, Money.Zero, order.Quantity, order.Remains);
            var second = Settlement.Of(end, order.Charge, first.Refund, order.Quantity, order.Remains);
            Assert.Equal(first with { Refund = Money.Zero }, second);
        }));

    [Fact]
    public void No_sequence_of_settlements_pays_back_more_than_the_charge() => Properties.Hold(
        from order in Orders
        from ends in Gen.Elements(Ends).NonEmptyListOf()
        from remains in Cases.UpTo(order.Quantity).ListOf(ends.Count)
        select (order.Charge, order.Quantity, Steps: ends.Zip(remains).ToArray()),
        order =>
        {
            var (refunded, most) = (Money.Zero, Money.Zero);
            foreach (var (end, remains) in order.Steps)
            {
                var settled = Settlement.Of(end, order.Charge, refunded, order.Quantity, remains);
                Assert.True(settled.Refund >= Money.Zero);
                refunded += settled.Refund;
                var target = settled.Status switch
                {
                    OrderStatus.Completed => Money.Zero,
                    OrderStatus.Canceled => order.Charge,
                    _ => Settlement.Owed(order.Charge, remains, order.Quantity),
                };
                most = target > most ? target : most;
                Assert.Equal(most, refunded);
            }

            Assert.True(refunded <= order.Charge);
        });

    [Fact]
    public void What_went_back_before_is_never_taken_again()
    {
        var settled = Settlement.Of(OrderStatus.Partial, new(1_000), new(900), 10, 5);
        Assert.Equal(new Settlement(OrderStatus.Partial, 5, Money.Zero), settled);
        Assert.Equal(new(100), Settlement.Of(OrderStatus.Canceled, new(1_000), new(900), 10, 5).Refund);
    }

    [Fact]
    public void A_correction_keeps_exactly_what_the_new_end_is_worth_whatever_went_back_before() => Properties.Hold(
        from order in Orders
        from before in Cases.UpTo(order.Charge.Units)
        from end in Gen.Elements(Ends)
        select (order.Charge, order.Quantity, order.Remains, Refunded: new Money(before), End: end),
        order =>
        {
            var fresh = Settlement.Of(order.End, order.Charge, Money.Zero, order.Quantity, order.Remains);
            var corrected = Settlement.OfCorrection(order.End, order.Charge, order.Refunded, order.Quantity, order.Remains);

            Assert.Equal(fresh with { Refund = fresh.Refund - order.Refunded }, corrected);
        });
}
