using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class RequiredFieldTests
{
    private static readonly string Emoji = char.ConvertFromUtf32(0x1F600);

    public static TheoryData<string, string> TypesAndTheirFields()
    {
        var data = new TheoryData<string, string>();
        foreach (var type in ServiceType.All)
        {
            foreach (var field in type.Required)
            {
                data.Add(type.Code, field.Name);
            }
        }

        return data;
    }

    [Fact]
    public void A_good_order_of_every_kind_is_read_as_approved() => Golden.Approves(
        "orders",
        ServiceType.All.SelectMany(type => Lines(OrderForm.Of(type))));

    [Theory]
    [MemberData(nameof(TypesAndTheirFields))]
    public void An_order_without_a_needed_field_is_refused(string code, string name)
    {
        var expected = name == "link" ? Refusal.IncorrectLink : new("incorrect_field", name);
        Assert.Equal(expected, OrderForm.Of(ServiceType.Find(code)!).Without(name).Read().Refusal);
        Assert.Equal(expected, OrderForm.Of(ServiceType.Find(code)!).With(name, "").Read().Refusal);
    }

    [Theory]
    [MemberData(nameof(TypesAndTheirFields))]
    public void An_order_with_a_malformed_field_is_refused(string code, string name)
    {
        var type = ServiceType.Find(code)!;
        var expected = name == "link" ? Refusal.IncorrectLink : Refusal.IncorrectField(name);
        Assert.All(
            Malformed(type.Required.Single(field => field.Name == name)),
            text => Assert.Equal(expected, OrderForm.Of(type).With(name, text).Read().Refusal));
    }

    [Fact]
    public void The_first_wrong_field_of_the_table_is_the_one_named() => Assert.All(
        ServiceType.All,
        type =>
        {
            for (var first = 0; first < type.Required.Count; first++)
            {
                var form = OrderForm.Of(type);
                foreach (var field in type.Required.Skip(first))
                {
                    form.Without(field.Name);
                }

                var name = type.Required[first].Name;
                Assert.Equal(name == "link" ? "Incorrect link" : $"Incorrect {name}", form.Refused);
            }
        });

    [Fact]
    public void A_line_may_have_two_thousand_characters_and_a_link_two_thousand_and_forty_eight()
    {
        string Long(int count) => string.Concat(Enumerable.Repeat(Emoji, count));
        var likes = OrderForm.Of(ServiceType.CommentLikes);
        Assert.Null(likes.With("username", Long(2_000)).Refused);
        Assert.Equal("Incorrect username", likes.With("username", Long(2_001)).Refused);
        var package = OrderForm.Of(ServiceType.Package);
        Assert.Equal(Long(2_048), package.With("link", Long(2_048)).Details.Link);
        Assert.Equal("Incorrect link", package.With("link", Long(2_049)).Refused);
        var comments = OrderForm.Of(ServiceType.CustomComments);
        Assert.Equal(2, comments.With("comments", $"a\n{Long(2_000)}").Details.Quantity);
        Assert.Equal("Incorrect comments", comments.With("comments", $"a\n{Long(2_001)}").Refused);
    }

    [Fact]
    public void Zeros_behind_the_point_are_not_kept()
    {
        Assert.Equal(100, OrderForm.Of(ServiceType.Default).With("quantity", "100.0").Details.Quantity);
        Assert.Equal([new("answer_number", "7")], OrderForm.Of(ServiceType.Poll).With("answer_number", "7.00").Details.Extras);
    }

    [Fact]
    public void A_text_is_never_read_as_nothing() => Assert.All(
        ["null", "undefined", "NaN", "none"],
        text =>
        {
            Assert.Contains(new("username", text), OrderForm.Of(ServiceType.CommentLikes).With("username", text).Details.Extras);
            Assert.Contains(new("username", text), OrderForm.Of(ServiceType.Subscriptions).With("username", text).Details.Extras);
            Assert.Contains(new("usernames", text), OrderForm.Of(ServiceType.Mentions).With("usernames", text).Details.Extras);
            Assert.Equal(text, OrderForm.Of(ServiceType.Package).With("link", text).Details.Link);
        });

    [Fact]
    public void A_parameter_that_the_kind_does_not_have_is_not_looked_at() => Assert.All(
        ServiceType.All,
        type =>
        {
            var form = OrderForm.Of(type);
            foreach (var other in ServiceType.All.SelectMany(each => each.Required.Concat(each.Optional)))
            {
                if (!type.Required.Contains(other) && !type.Optional.Contains(other))
                {
                    form.With(other.Name, "\0");
                }
            }

            form.With("charge", "0").With("status", "Completed").With("rate", "0");
            Assert.Equal(Lines(OrderForm.Of(type)), Lines(form));
        });

    private static IEnumerable<string> Malformed(OrderField field) => field.Kind switch
    {
        FieldKind.Link => ["a\0b", "\ud800", "javascript:__pwn()", "http://a@b@c/", new('a', 2_049)],
        FieldKind.Number => Cases.NotNumbers.Append("1.5").Append("undefined").Append("9223372036854775808"),
        FieldKind.Line => ["a\nb", "a\0b", "a\ud800", new('a', 2_001)],
        FieldKind.List => ["\r\n \n", "a\n\0", "a\n\udc00b", string.Concat(Enumerable.Repeat("a\n", 10_001))],
        FieldKind.Country => ["XX", "Atlantis", "USAA", "1", "\0"],
        FieldKind.Date => [],
    };

    private static IEnumerable<string> Lines(OrderForm form)
    {
        var order = form.Details;
        var charge = form.Service.ChargeFor(form.Service.Rate, order.Quantity).Value;
        yield return $"{form.Service.Type.Name}: link {order.Link ?? "-"}, quantity {order.Quantity}, charge {charge}";
        foreach (var extra in order.Extras)
        {
            yield return $"  {extra.Key} = {extra.Value.Replace("\n", " | ", StringComparison.Ordinal)}";
        }

        if (order.Subscription is { } plan)
        {
            yield return $"  {plan}";
        }

        Assert.Null(order.Drip);
    }
}
