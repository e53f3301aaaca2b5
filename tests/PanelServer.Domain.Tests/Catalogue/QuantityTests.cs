using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "Quantity less than minimal 2", "quantity_min")]
    [InlineData("1", "Quantity less than minimal 2", "quantity_min")]
    [InlineData("1001", "Quantity more than maximum 1000", "quantity_max")]
    [InlineData("2147483648", "Quantity more than maximum 1000", "quantity_max")]
    [InlineData("999999999999999999", "Quantity more than maximum 1000", "quantity_max")]
    public void A_quantity_outside_of_the_bounds_is_refused_with_the_bound(string quantity, string text, string code)
    {
        var refusal = OrderForm.Of(ServiceType.Default).With("quantity", quantity).Read().Refusal;
        Assert.Equal((code, text), (refusal!.Family, ContractTexts.Of(refusal)));
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("1000", 1_000)]
    [InlineData("0500", 500)]
    public void The_bounds_themselves_are_inside(string quantity, long read) =>
        Assert.Equal(read, OrderForm.Of(ServiceType.Default).With("quantity", quantity).Details.Quantity);

    [Theory]
    [InlineData("one\ntwo", 2)]
    [InlineData("one\r\ntwo\r\nthree\r\n", 3)]
    [InlineData("one\rtwo\n\n \r\n\tthree", 3)]
    [InlineData("same\nsame\nsame\nsame", 4)]
    public void The_quantity_is_the_number_of_lines(string lines, long quantity)
    {
        foreach (var (type, field) in Counted())
        {
            Assert.Equal(quantity, OrderForm.Of(type).With(field, lines).Details.Quantity);
        }
    }

    [Fact]
    public void The_bounds_apply_to_the_number_of_lines() => Assert.All(
        Counted(),
        counted =>
        {
            var form = OrderForm.Of(counted.Type);
            Assert.Equal("Quantity less than minimal 2", form.With(counted.Field, "one\n\n").Refused);
            Assert.Equal(
                "Quantity more than maximum 1000",
                form.With(counted.Field, string.Concat(Enumerable.Repeat("a\n", 1_001))).Refused);
        });

    [Theory]
    [InlineData("5")]
    [InlineData("abc")]
    [InlineData("")]
    public void A_quantity_is_ignored_where_the_kind_derives_it(string quantity)
    {
        foreach (var (type, _) in Counted())
        {
            Assert.Equal(3, OrderForm.Of(type).With("quantity", quantity).Details.Quantity);
        }

        Assert.Equal(1, OrderForm.Of(ServiceType.Package).With("quantity", quantity).Details.Quantity);
    }

    [Fact]
    public void A_package_is_one_whatever_the_bounds() => Assert.Equal(
        1,
        OrderForm.Of(ServiceType.Package).At(service => service with { Min = 10, Max = 20 }).Details.Quantity);

    [Fact]
    public void A_list_that_is_not_counted_leaves_the_quantity_alone()
    {
        var mentions = OrderForm.Of(ServiceType.MentionsWithHashtags);
        Assert.Equal(100, mentions.With("usernames", "a\nb\nc\nd").With("hashtags", "#a").Details.Quantity);
        Assert.Equal(3, OrderForm.Of(ServiceType.CommentReplies).With("username", "ann").Details.Quantity);
    }

    [Fact]
    public void The_largest_service_takes_the_largest_quantity()
    {
        var form = OrderForm.Of(ServiceType.Default).At(service => service with { Max = int.MaxValue });
        Assert.Equal(int.MaxValue, form.With("quantity", "2147483647").Details.Quantity);
        Assert.Equal("Quantity more than maximum 2147483647", form.With("quantity", "2147483648").Refused);
    }

    private static (ServiceType Type, string Field)[] Counted() =>
    [
        (ServiceType.CustomComments, "comments"),
        (ServiceType.CustomCommentsPackage, "comments"),
        (ServiceType.CommentReplies, "comments"),
        (ServiceType.MentionsCustomList, "usernames"),
    ];
}
