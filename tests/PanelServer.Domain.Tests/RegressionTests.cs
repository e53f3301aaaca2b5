using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Resellers;
using PanelServer.Domain.Tests.Catalogue;

namespace PanelServer.Domain.Tests;

/// <summary>What was wrong once.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void Runs_beyond_32_bits_are_more_than_any_maximum() => Assert.Equal(
        "Quantity more than maximum 2147483647",
        OrderForm.Of(ServiceType.Default)
            .At(service => service with { Min = 1, Max = int.MaxValue, Dripfeed = true })
            .With("quantity", "1").With("runs", "3000000000").With("interval", "1").Refused);

    [Fact]
    public void A_key_never_prints_itself()
    {
        var key = ApiKey.Known("pk_live_secret_secret_secret");

        Assert.DoesNotContain(key.Text, key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Turkey")]
    [InlineData("Brunei Darussalam")]
    [InlineData("Cote d'Ivoire")]
    [InlineData("Lao People's Democratic Republic")]
    [InlineData("The Netherlands")]
    public void A_country_has_the_names_people_write(string name) => Assert.True(Countries.Contains(name));

    [Theory]
    [InlineData("12.5%%")]
    [InlineData("%")]
    public void A_discount_has_one_sign_at_most(string text) => Assert.False(Discount.TryParse(text, out _));

    [Theory]
    [InlineData("1/ 2/2027")]
    [InlineData("1 /02/2027")]
    public void A_date_has_no_blanks(string text) =>
        Assert.Equal("Incorrect expiry", OrderForm.Of(ServiceType.Subscriptions).With("expiry", text).Refused);

    [Theory]
    [InlineData("java\tscript:__pwn()")]
    [InlineData("http:\\\\evil.net")]
    [InlineData("https:evil.net")]
    [InlineData("view-source:javascript:x")]
    [InlineData("blob:x")]
    public void No_link_is_a_trap(string link) => Assert.False(LinkRule.Any.Accepts(link));

    [Theory]
    [InlineData("http:example.com")]
    [InlineData("https://example.com/a\tb")]
    [InlineData("https://@example.com/")]
    [InlineData("https://user@example.com/")]
    public void An_address_is_written_as_one(string link) => Assert.False(LinkRule.Url.Accepts(link));

    [Theory]
    [InlineData("https://evil.net\u2100.example.com/")]
    [InlineData("https://evil.net／.example.com/")]
    [InlineData("https://evil.net？.example.com/")]
    [InlineData("https://evil.net＃.example.com/")]
    [InlineData("https://example.com.evil.net/")]
    public void A_host_that_looks_like_another_is_not_it(string link) =>
        Assert.False(LinkRule.Parse("Host:example.com")!.Accepts(link));

    [Fact]
    public void A_host_rule_is_written_as_the_network_writes_hosts() => Assert.Null(LinkRule.Parse("Host:bücher.example"));

    [Fact]
    public void A_resellers_word_alone_cancels_nothing_that_is_worked_on() =>
        Assert.False(OrderLifecycle.Allows(OrderStatus.InProgress, OrderStatus.Canceled, Actor.Reseller));
}
