using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class DripFeedTests
{
    [Theory]
    [InlineData("3", "30")]
    [InlineData("3.0", "30.00")]
    public void Runs_multiply_the_quantity(string runs, string interval)
    {
        var order = Form(runs, interval).Details;
        Assert.Equal(new DripFeed(3, 30), order.Drip);
        Assert.Equal(300, order.Quantity);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("0", "0")]
    [InlineData("0", "")]
    [InlineData("", "0")]
    [InlineData("000", "00")]
    [InlineData("0.0", "0.00")]
    [InlineData("undefined", "undefined")]
    [InlineData("null", "NULL")]
    [InlineData("NaN", "nan")]
    [InlineData("Undefined", "0")]
    [InlineData("1", "0")]
    [InlineData("1", "30")]
    [InlineData("1", "")]
    [InlineData("1", "undefined")]
    [InlineData("1", "soon")]
    [InlineData("1.0", "30.0")]
    public void No_runs_or_one_are_a_plain_order(string runs, string interval)
    {
        var offered = Form(runs, interval);
        var notOffered = offered.At(service => service with { Dripfeed = false });
        Assert.All([offered.Details, notOffered.Details], order =>
        {
            Assert.Null(order.Drip);
            Assert.Equal(100, order.Quantity);
        });
    }

    [Theory]
    [InlineData("", "30", "Incorrect runs")]
    [InlineData("undefined", "30", "Incorrect runs")]
    [InlineData("3", "undefined", "Incorrect interval")]
    [InlineData("none", "30", "Incorrect runs")]
    [InlineData("0", "30", "Incorrect runs")]
    [InlineData("3", "", "Incorrect interval")]
    [InlineData("3", "0", "Incorrect interval")]
    [InlineData("-3", "30", "Incorrect runs")]
    [InlineData("3.5", "30", "Incorrect runs")]
    [InlineData("x", "y", "Incorrect runs")]
    [InlineData("9223372036854775808", "30", "Incorrect runs")]
    [InlineData("3", "-1", "Incorrect interval")]
    [InlineData("3", "1e3", "Incorrect interval")]
    [InlineData("3", "999999999999999999", "Incorrect interval")]
    public void Runs_and_interval_go_together(string runs, string interval, string refusal) =>
        Assert.Equal(refusal, Form(runs, interval).Refused);

    [Fact]
    public void A_malformed_number_of_runs_is_refused() => Assert.All(
        Cases.NotNumbers.Where(text => !WireText.IsAbsent(text)),
        text =>
        {
            Assert.Equal("Incorrect runs", Form(text, "30").Refused);
            Assert.Equal("Incorrect interval", Form("3", text).Refused);
        });

    [Theory]
    [InlineData("2", "30", "Dripfeed is not supported by this service")]
    [InlineData("2", "", "Dripfeed is not supported by this service")]
    [InlineData("1", "30", null)]
    [InlineData("0", "30", null)]
    [InlineData("undefined", "NaN", null)]
    [InlineData("x", "y", null)]
    public void Runs_are_refused_by_a_type_that_cannot_be_split(string runs, string interval, string? refusal)
    {
        var form = Form(runs, interval).At(service => service with { Type = ServiceType.Poll, Dripfeed = false }).With("answer_number", "1");
        Assert.Equal(refusal, form.Refused);
    }

    [Fact]
    public void Runs_are_refused_where_they_are_not_offered()
    {
        var refusal = Form("3", "30").At(service => service with { Dripfeed = false }).Read().Refusal;
        Assert.Equal(new("dripfeed_not_supported"), refusal);
    }

    [Fact]
    public void Fields_are_checked_before_the_offer_and_the_offer_before_the_bounds()
    {
        OrderForm NotOffered(string runs, string quantity) =>
            Form(runs, "30").With("quantity", quantity).At(service => service with { Dripfeed = false });
        Assert.Equal("Incorrect quantity", NotOffered("1", "x").Refused);
        Assert.Equal("Incorrect runs", NotOffered("0", "1").Refused);
        Assert.Equal("Dripfeed is not supported by this service", NotOffered("3", "1").Refused);
        Assert.Equal("Quantity less than minimal 2", NotOffered("", "1").With("interval", "").Refused);
    }

    [Theory]
    [InlineData("1", "2", "Quantity less than minimal 2")]
    [InlineData("2", "500", null)]
    [InlineData("2", "501", "Quantity more than maximum 1000")]
    [InlineData("500", "2", null)]
    [InlineData("501", "2", "Quantity more than maximum 1000")]
    [InlineData("1001", "2", "Quantity more than maximum 1000")]
    [InlineData("2", "2147483647", "Quantity more than maximum 1000")]
    [InlineData("2", "4294967296", "Quantity more than maximum 1000")]
    [InlineData("1000", "999999999999999999", "Quantity more than maximum 1000")]
    [InlineData("999999999999999999", "999999999999999999", "Quantity more than maximum 1000")]
    public void The_minimum_holds_for_a_run_and_the_maximum_for_all(string quantity, string runs, string? refusal) =>
        Assert.Equal(refusal, Form(runs, "1").With("quantity", quantity).Refused);

    [Fact]
    public void All_runs_together_fit_in_thirty_two_bits()
    {
        var form = Form("2", "1").At(service => service with { Min = 1, Max = int.MaxValue });
        Assert.Equal(2_147_483_646, form.With("quantity", "1073741823").Details.Quantity);
        Assert.Equal("Quantity more than maximum 2147483647", form.With("quantity", "1073741824").Refused);
        var most = form.With("quantity", "1").With("runs", "2147483647").Details;
        Assert.Equal((2_147_483_647, 2_147_483_647), (most.Quantity, most.Drip!.Runs));
        Assert.All(
            ["2147483648", "3000000000", "999999999999999999"],
            runs => Assert.Equal("Quantity more than maximum 2147483647", form.With("runs", runs).Refused));
    }

    [Fact]
    public void Web_traffic_can_be_split_into_runs_too()
    {
        var form = OrderForm.Of(ServiceType.WebTraffic).With("runs", "2").With("interval", "60");
        Assert.Equal("Dripfeed is not supported by this service", form.Refused);
        var order = form.At(service => service with { Dripfeed = true }).Details;
        Assert.Equal((200, new DripFeed(2, 60)), (order.Quantity, order.Drip));
    }

    [Fact]
    public void The_charge_is_for_all_runs()
    {
        var form = Form("3", "30");
        Assert.Equal("0.27000", form.Service.ChargeFor(form.Service.Rate, form.Details.Quantity).Value.ToString());
    }

    private static OrderForm Form(string runs, string interval) => OrderForm.Of(ServiceType.Default)
        .At(service => service with { Dripfeed = true })
        .With("runs", runs)
        .With("interval", interval);
}
