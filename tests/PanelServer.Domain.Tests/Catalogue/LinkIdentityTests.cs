using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

/// <summary>Which links are the same, and which links a pattern covers.</summary>
public sealed class LinkIdentityTests
{
    [Theory]
    [InlineData("http://example.com/p/1")]
    [InlineData("HTTPS://EXAMPLE.com/p/1")]
    [InlineData("https://www.example.com/p/1")]
    [InlineData("https://m.example.com/p/1")]
    [InlineData("https://www.m.example.com/p/1")]
    [InlineData("https://example.com/p/1/")]
    [InlineData("https://example.com:443/p/1")]
    [InlineData("https://example.com./p/1")]
    [InlineData("https://example.com/p/1#comments")]
    [InlineData("https://example.com/p/1?")]
    [InlineData("https://example.com/p/1/?utm_source=x&UTM_medium=y&igsh=1&igshid=2")]
    [InlineData("https://example.com/p/1?fbclid=1&gclid=2&si=3&feature=4&ref=5&share=6&is_from_webapp=1&sender_device=pc")]
    [InlineData("https://example.com/./p/x/../%31")]
    [InlineData("example.com/p/1")]
    [InlineData("www.example.com/p/1")]
    [InlineData("//example.com/p/1")]
    [InlineData("example.com:443/p/1")]
    [InlineData("https://\uff45xample.com/p/1")]
    public void What_no_platform_tells_apart_is_the_same(string link) =>
        Assert.Equal(LinkIdentity.Of("https://example.com/p/1"), LinkIdentity.Of(link));

    [Theory]
    [InlineData("https://example.com/p/2")]
    [InlineData("https://example.com/P/1")]
    [InlineData("https://example.com/p/1?id=2")]
    [InlineData("https://example.com/p/1?reference=2")]
    [InlineData("https://shop.example.com/p/1")]
    [InlineData("https://example.com:8080/p/1")]
    [InlineData("https://example.org/p/1")]
    [InlineData("p/1")]
    [InlineData("@p")]
    public void Everything_else_is_another(string link) =>
        Assert.NotEqual(LinkIdentity.Of("https://example.com/p/1"), LinkIdentity.Of(link));

    [Theory]
    [InlineData("@alice", "alice")]
    [InlineData("alice", "alice")]
    [InlineData("Alice", "Alice")]
    [InlineData("@", "@")]
    [InlineData("john.doe", "john.doe")]
    [InlineData("https://m.me/alice", "m.me/alice")]
    [InlineData("https://youtube.com/watch?v=a&si=x&t=3", "youtube.com/watch?v=a&t=3")]
    [InlineData("https://bücher.example/x", "xn--bcher-kva.example/x")]
    [InlineData("https://example.com/", "example.com")]
    [InlineData("www.example.com", "example.com")]
    [InlineData("//example.com", "example.com")]
    [InlineData("example.com:8080", "example.com:8080")]
    [InlineData("john.doe#1234", "john.doe#1234")]
    [InlineData("https://\u041f\u0420\u0418\u041c\u0415\u0420.\u0440\u0444", "xn--e1afmkfd.xn--p1ai")]
    public void An_identity_is_written_so(string link, string identity) => Assert.Equal(identity, LinkIdentity.Of(link));

    [Fact]
    public void The_identity_of_an_identity_is_itself() => Properties.Hold(
        Cases.TextsOf("https://", "http:", "www.", "m.", "example", ".com", "/", "?", "#", "&", "=", "@", "utm_a", "si", "a", ":", "%31", "é"),
        text =>
        {
            var identity = LinkIdentity.Of(text.Trim());
            Assert.True(identity.Length <= (text.Length * 12) + 8);
        });

    [Theory]
    [InlineData("https://example.com/u/*", "https://example.com/u/alice", true)]
    [InlineData("https://example.com/u/*", "http://www.EXAMPLE.com/u/alice?utm_source=x", true)]
    [InlineData("https://example.com/u/*", "example.com/u/alice", true)]
    [InlineData("https://example.com/u/*", "https://example.com/u/", true)]
    [InlineData("https://example.com/u/*", "https://example.com/U/Alice", true)]
    [InlineData("https://example.com/u/*", "https://example.com/%75/alice", true)]
    [InlineData("https://example.com/u/*", "https://example.com/v/alice", false)]
    [InlineData("https://example.com/u/*", "https://sub.example.com/u/alice", false)]
    [InlineData("https://example.com/u/*", "https://other.example/?x=https://example.com/u/1", false)]
    [InlineData("https://example.com/p/1", "http://m.example.com/p/1/?si=3#x", true)]
    [InlineData("https://example.com/p/1", "https://example.com/p/12", false)]
    [InlineData("https://example.com/", "https://example.com/p/1", false)]
    [InlineData("https://example.com", "http://www.example.com/", true)]
    [InlineData("example.com", "https://example.com/p/1", true)]
    [InlineData("example.com", "https://a.b.example.com/p/1?x", true)]
    [InlineData("example.com", "www.example.com", true)]
    [InlineData("example.com", "example.com:443", true)]
    [InlineData("example.com", "example.com:8080", true)]
    [InlineData("example.com", "example.com:8080/p", true)]
    [InlineData("example.com", "example.com#x", true)]
    [InlineData("example.com", "example.com?x", true)]
    [InlineData("example.com", "//example.com", true)]
    [InlineData("example.com", "//sub.example.com", true)]
    [InlineData("example.com", "user@example.com", true)]
    [InlineData("example.com", "user:pw@example.com/x", true)]
    [InlineData("example.com", "//user@example.com/x", true)]
    [InlineData("example.com", "example.com\\x", true)]
    [InlineData("example.com", "sub.example.com\\x", true)]
    [InlineData("example.com", "https://\uff45xample.com/", true)]
    [InlineData("example.com", "EXAMPLE.com.", true)]
    [InlineData("example.com", "@example.com.evil.net", false)]
    [InlineData("\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", "https://\u041f\u0420\u0418\u041c\u0415\u0420.\u0440\u0444", true)]
    [InlineData("*.\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444", "https://a.xn--e1afmkfd.xn--p1ai/", true)]
    [InlineData("https://*.\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/*", "https://a.\u041f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/x", true)]
    [InlineData("example.com:8080", "https://example.com:8080/p", true)]
    [InlineData("example.com:8080", "http://www.example.com:8080", true)]
    [InlineData("example.com:8080", "https://example.com/p", false)]
    [InlineData("https://example.com/*", "http://example.com?x=1", true)]
    [InlineData("https://example.com/*", "www.example.com", true)]
    [InlineData("https://example.com/u/*", "http://www.example.com/u?x=1", true)]
    [InlineData("@user*", "user1", true)]
    [InlineData("@user*", "@user1", true)]
    [InlineData("example.com", "https://notexample.com/", false)]
    [InlineData("example.com", "https://example.com.evil.net/", false)]
    [InlineData("example.com", "https://evil.net/example.com", false)]
    [InlineData("www.example.com", "https://example.com/", true)]
    [InlineData("BÜCHER.example", "https://bücher.example/x", true)]
    [InlineData("john.doe", "@john.doe", true)]
    [InlineData("*.example.com", "https://a.example.com/p", true)]
    [InlineData("*.example.com", "https://example.com/p", false)]
    [InlineData("https://*.example.com/p/*", "https://a.example.com/p/1", true)]
    [InlineData("*casino*", "https://example.com/my-Casino-1", true)]
    [InlineData("*casino*", "@casinoroyal", true)]
    [InlineData("@alice", "alice", true)]
    [InlineData("alice", "@ALICE", true)]
    [InlineData("alice", "alice2", false)]
    [InlineData("ali*", "@alice", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("https://example.com/a?c", "https://example.com/abc", false)]
    [InlineData("https://example.com/[ab]", "https://example.com/a", false)]
    public void A_pattern_covers_links(string pattern, string link, bool covered) =>
        Assert.Equal(covered, LinkPattern.Parse(pattern, out _)!.Fits(new LinkForms(link)));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("*.*")]
    [InlineData("*://*/*")]
    [InlineData("http://*")]
    [InlineData("https://*/*")]
    [InlineData("https://")]
    [InlineData("a\u202eb")]
    [InlineData("*a*b*c*d*e*f*g*h*i*")]
    public void A_pattern_of_nothing_or_of_everything_is_none(string pattern)
    {
        Assert.Null(LinkPattern.Parse(pattern, out var why));
        Assert.StartsWith("incorrect_link_pattern", why!.Code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_is_bounded_and_found_in_good_time()
    {
        Assert.Null(LinkPattern.Parse(new string('a', 501), out _));
        var slow = LinkPattern.Parse("*" + string.Join('*', Enumerable.Repeat(new string('a', 40) + "b", 6)) + "*", out _)!;
        Assert.False(slow.Fits(new LinkForms("https://example.com/" + new string('a', 2_000))));
    }

    [Fact]
    public void A_ban_goes_before_a_hold()
    {
        var blocks = new LinkBlockList(
        [
            new(LinkBlockKind.Hold, LinkPattern.Parse("example.com", out _)!),
            new(LinkBlockKind.Ban, LinkPattern.Parse("https://example.com/u/*", out _)!),
        ]);
        Assert.Equal(LinkBlockKind.Ban, blocks.Of("https://example.com/u/1")!.Kind);
        Assert.Equal(LinkBlockKind.Hold, blocks.Of("https://example.com/v/1")!.Kind);
        Assert.Null(blocks.Of("https://example.org/"));
        Assert.Null(blocks.Of(null));
        Assert.Null(blocks.Of(new string('a', 5_000)));
    }
}
