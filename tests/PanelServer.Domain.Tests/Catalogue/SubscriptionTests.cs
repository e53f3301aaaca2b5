using System.Globalization;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Subscriptions;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class SubscriptionTests
{
    private static readonly long[] Delays =
    [
        0, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600,
    ];

    [Fact]
    public void A_subscription_has_no_link_no_quantity_and_costs_nothing_yet()
    {
        var form = Form();
        var order = form.Details;
        Assert.Null(order.Link);
        Assert.Equal(0, order.Quantity);
        Assert.Equal([new("username", "ann")], order.Extras);
        Assert.Equal(new SubscriptionPlan(20, 200, 10, null, 0, null), order.Subscription);
        Assert.Equal(Money.Zero, form.Service.ChargeFor(form.Service.Rate, order.Quantity).Value);
    }

    [Fact]
    public void A_delay_is_one_that_the_market_knows()
    {
        for (var delay = 0; delay <= 700; delay++)
        {
            var form = Form().With("delay", delay.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(Delays.Contains(delay) ? null : "Incorrect delay", form.Refused);
        }

        Assert.Equal("Incorrect delay", Form().With("delay", "999999999999999999").Refused);
        Assert.All(
            Cases.NotNumbers.Where(text => !WireText.IsAbsent(text)),
            text => Assert.Equal("Incorrect delay", Form().With("delay", text).Refused));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("NaN")]
    public void Without_a_delay_posts_are_ordered_for_at_once(string delay)
    {
        Assert.Equal(0, Form().Without("delay").Details.Subscription!.DelayMinutes);
        Assert.Equal(0, Form().With("delay", delay).Details.Subscription!.DelayMinutes);
    }

    [Theory]
    [InlineData("1", "200", "Quantity less than minimal 2")]
    [InlineData("0", "0", "Quantity less than minimal 2")]
    [InlineData("20", "1001", "Quantity more than maximum 1000")]
    [InlineData("1001", "1002", "Quantity more than maximum 1000")]
    [InlineData("20.0", "200.0", null)]
    [InlineData("undefined", "200", "Incorrect min")]
    [InlineData("20", "999999999999999999", "Quantity more than maximum 1000")]
    [InlineData("201", "200", "Incorrect max")]
    [InlineData("2000", "1", "Incorrect max")]
    [InlineData("2", "1000", null)]
    [InlineData("50", "50", null)]
    public void Minimum_and_maximum_are_in_order_and_within_the_service(string min, string max, string? refusal) =>
        Assert.Equal(refusal, Form().With("min", min).With("max", max).Refused);

    [Theory]
    [InlineData("", "", null, 0)]
    [InlineData("5", "", 5, 0)]
    [InlineData("5", "0", 5, 0)]
    [InlineData("5", "3", 5, 3)]
    [InlineData("0", "3", 0, 3)]
    [InlineData("", "3", null, 3)]
    [InlineData("0", "", null, 0)]
    [InlineData("0", "0", null, 0)]
    [InlineData("0.0", "null", null, 0)]
    [InlineData("null", "undefined", null, 0)]
    [InlineData("NaN", "3.0", null, 3)]
    [InlineData("5.00", "NULL", 5, 0)]
    [InlineData("2147483647", "2147483647", int.MaxValue, int.MaxValue)]
    public void Posts_and_old_posts_are_read(string posts, string oldPosts, int? read, int oldRead)
    {
        var plan = Form().With("posts", posts).With("old_posts", oldPosts).Details.Subscription!;
        Assert.Equal((read, oldRead), (plan.Posts, plan.OldPosts));
    }

    [Theory]
    [InlineData("none", "", "Incorrect posts")]
    [InlineData("-1", "", "Incorrect posts")]
    [InlineData("1.5", "", "Incorrect posts")]
    [InlineData("999999999999999999", "", "Incorrect posts")]
    [InlineData("5", "x", "Incorrect old_posts")]
    [InlineData("x", "y", "Incorrect posts")]
    [InlineData("", "-1", "Incorrect old_posts")]
    [InlineData("5", "999999999999999999", "Incorrect old_posts")]
    public void Malformed_posts_are_refused(string posts, string oldPosts, string refusal) =>
        Assert.Equal(refusal, Form().With("posts", posts).With("old_posts", oldPosts).Refused);

    [Theory]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("undefined", null)]
    [InlineData("NaN", null)]
    [InlineData("01/03/2026", "2026-03-01")]
    [InlineData("1/3/2026", "2026-03-01")]
    [InlineData("02/03/2026", "2026-03-02")]
    [InlineData("29/02/2028", "2028-02-29")]
    [InlineData("31/12/9999", "9999-12-31")]
    public void An_expiry_is_a_day_from_today_on(string text, string? day) => Assert.Equal(
        day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Form().With("expiry", text).Details.Subscription!.Expiry);

    [Theory]
    [InlineData("28/02/2026")]
    [InlineData("1/1/1970")]
    [InlineData("31/02/2027")]
    [InlineData("29/02/2027")]
    [InlineData("31/04/2027")]
    [InlineData("32/01/2027")]
    [InlineData("00/01/2027")]
    [InlineData("01/00/2027")]
    [InlineData("01/13/2027")]
    [InlineData("12/31/2026")]
    [InlineData("2027-01-01")]
    [InlineData("2027/01/01")]
    [InlineData("01.01.2027")]
    [InlineData("1/1/27")]
    [InlineData("001/01/2027")]
    [InlineData("01/01/02027")]
    [InlineData("01/01/2027/")]
    [InlineData("01/01")]
    [InlineData("1/ 2/2027")]
    [InlineData("1 /02/2027")]
    [InlineData("-1/01/2027")]
    [InlineData("٠١/01/2027")]
    [InlineData("0")]
    [InlineData("never")]
    [InlineData("none")]
    [InlineData("01/01/2.00")]
    public void Any_other_expiry_is_refused(string text) =>
        Assert.Equal("Incorrect expiry", Form().With("expiry", text).Refused);

    [Fact]
    public void Every_field_is_checked_before_the_bounds()
    {
        OrderForm Small() => Form().With("min", "1").With("max", "2000");
        Assert.Equal("Incorrect delay", Small().With("delay", "7").Refused);
        Assert.Equal("Incorrect posts", Small().With("posts", "x").Refused);
        Assert.Equal("Incorrect old_posts", Small().With("old_posts", "x").Refused);
        Assert.Equal("Incorrect expiry", Small().With("expiry", "31/02/2027").Refused);
        Assert.Equal("Quantity less than minimal 2", Small().Refused);
    }

    private static OrderForm Form() => OrderForm.Of(ServiceType.Subscriptions).With("delay", "10");
}
