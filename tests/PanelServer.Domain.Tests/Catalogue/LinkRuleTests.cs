using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

public sealed class LinkRuleTests
{
    [Theory]
    [InlineData("Any", "Any")]
    [InlineData(" any ", "Any")]
    [InlineData("URL", "Url")]
    [InlineData("Host:example.com", "Host:example.com")]
    [InlineData("host: EXAMPLE.com , example.org ,", "Host:example.com,example.org")]
    public void A_rule_is_read_and_written(string text, string written)
    {
        var rule = LinkRule.Parse(text)!;
        Assert.Equal(written, rule.Text);
        Assert.Equal(written, rule.ToString());
        Assert.Equal(rule, LinkRule.Parse(rule.Text));
        Assert.Equal(rule.GetHashCode(), LinkRule.Parse(rule.Text)!.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("Host")]
    [InlineData("Host:")]
    [InlineData("Host: , ")]
    [InlineData("Host:https://example.com")]
    [InlineData("Host:example.com/path")]
    [InlineData("Host:example.com:8080")]
    [InlineData("Host:exa mple.com")]
    [InlineData("Host:127.0.0.1")]
    [InlineData("Host:[::1]")]
    [InlineData("Host:*.example.com")]
    [InlineData("Host:bücher.example")]
    public void Anything_else_is_no_rule(string text) => Assert.Null(LinkRule.Parse(text));

    [Theory]
    [InlineData("https://example.com/p/1", true)]
    [InlineData("http://example.com", true)]
    [InlineData("HTTPS://EXAMPLE.COM/P?q=1#f", true)]
    [InlineData("http://example.com:8080/", true)]
    [InlineData("https://bücher.example/x", true)]
    [InlineData("http://127.0.0.1:5432", true)]
    [InlineData("", false)]
    [InlineData("@handle", false)]
    [InlineData("example.com/p/1", false)]
    [InlineData("//example.com/p", false)]
    [InlineData("/p/1", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("javascript:__pwn()", false)]
    [InlineData("data:text/html,..", false)]
    [InlineData("mailto:ann@example.com", false)]
    [InlineData("http://", false)]
    [InlineData("https:///p", false)]
    [InlineData("http://a@b@c/", false)]
    [InlineData("https://user:pass@example.com/", false)]
    [InlineData("https://user@example.com/", false)]
    [InlineData("https://@example.com/", false)]
    [InlineData("http:\\\\example.com/", false)]
    [InlineData("http:example.com", false)]
    [InlineData("https://example.com/a\tb", false)]
    [InlineData("https://example.com:99999/", false)]
    [InlineData("https://exa mple.com/", false)]
    [InlineData("https://example.com/\0", false)]
    public void An_address_is_absolute_and_of_the_web(string link, bool accepted) =>
        Assert.Equal(accepted, LinkRule.Url.Accepts(link));

    [Theory]
    [InlineData("https://example.com/p/1", true)]
    [InlineData("@handle", true)]
    [InlineData("handle", true)]
    [InlineData("1234567890", true)]
    [InlineData("example.com/p/1", true)]
    [InlineData("UC-x_9😀", true)]
    [InlineData("' OR '1'='1", true)]
    [InlineData("../../etc/passwd", true)]
    [InlineData("", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("javascript:__pwn()", false)]
    [InlineData("JavaScript:__pwn()", false)]
    [InlineData("data:text/html,..", false)]
    [InlineData("vbscript:x", false)]
    [InlineData("java\tscript:__pwn()", false)]
    [InlineData("view-source:javascript:x", false)]
    [InlineData("blob:x", false)]
    [InlineData("https:evil.net", false)]
    [InlineData("http:\\\\a@b/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("ldap://x", false)]
    [InlineData("http://a@b@c/", false)]
    [InlineData("one\ntwo", false)]
    [InlineData("one\0", false)]
    public void A_handle_is_enough_where_anything_goes(string link, bool accepted) =>
        Assert.Equal(accepted, LinkRule.Any.Accepts(link));

    [Theory]
    [InlineData("https://example.com/p", true)]
    [InlineData("https://www.example.com/p", true)]
    [InlineData("https://a.b.EXAMPLE.com:444/", true)]
    [InlineData("http://example.org", true)]
    [InlineData("https://notexample.com/", false)]
    [InlineData("https://example.com.evil.net/", false)]
    [InlineData("https://evil.net/example.com", false)]
    [InlineData("https://evil.net/?https://example.com/", false)]
    [InlineData("https://evil.net#.example.com", false)]
    [InlineData("https://evil.net\\@example.com/", false)]
    [InlineData("https://example.com@evil.net/", false)]
    [InlineData("https://evil.net@example.com/", false)]
    [InlineData("https://evil.net／.example.com/", false)]
    [InlineData("https://evil.net？.example.com/", false)]
    [InlineData("https://evil.net＃.example.com/", false)]
    [InlineData("https://evil.net\u2100.example.com/", false)]
    [InlineData("@handle", false)]
    [InlineData("example.com/p", false)]
    [InlineData("javascript:example.com", false)]
    public void A_rule_of_hosts_takes_these_hosts_and_what_is_below_them(string link, bool accepted) =>
        Assert.Equal(accepted, LinkRule.Parse("Host:example.com,example.org")!.Accepts(link));

    [Fact]
    public void A_rule_of_hosts_takes_other_letters_by_their_plain_form()
    {
        var rule = LinkRule.Parse("Host:xn--bcher-kva.example")!;
        Assert.True(rule.Accepts("https://bücher.example/x"));
        Assert.True(rule.Accepts("https://shop.xn--bcher-kva.example/x"));
        Assert.False(rule.Accepts("https://bucher.example/x"));
    }

    [Fact]
    public void A_link_has_at_most_two_thousand_and_forty_eight_characters()
    {
        const string Start = "https://example.com/";
        foreach (var rule in new[] { LinkRule.Any, LinkRule.Url, LinkRule.Parse("Host:example.com")! })
        {
            Assert.True(rule.Accepts(Start + new string('a', 2_048 - Start.Length)));
            Assert.False(rule.Accepts(Start + new string('a', 2_049 - Start.Length)));
            Assert.False(rule.Accepts(Start + "\ud83d"));
        }
    }
}
