using FsCheck.Fluent;
using PanelServer.Domain.Resellers;

namespace PanelServer.Domain.Tests.Resellers;

public sealed class DiscountTests
{
    [Theory]
    [InlineData("12.5%", 1_250, "12.5%")]
    [InlineData("12.5", 1_250, "12.5%")]
    [InlineData(" 12.50 % ", 1_250, "12.5%")]
    [InlineData("0", 0, "0%")]
    [InlineData("0.01%", 1, "0.01%")]
    [InlineData("10%", 1_000, "10%")]
    [InlineData("100%", 10_000, "100%")]
    [InlineData("100.00", 10_000, "100%")]
    public void A_percentage_reads_as_basis_points(string text, int basisPoints, string written)
    {
        Assert.True(Discount.TryParse(text, out var read));
        Assert.Equal(basisPoints, read);
        Assert.Equal(written, Discount.Format(read));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("100.01")]
    [InlineData("101%")]
    [InlineData("0.001%")]
    [InlineData("12.%")]
    [InlineData(".5%")]
    [InlineData("%12")]
    [InlineData("12%%")]
    [InlineData("1%2")]
    [InlineData("9223372036854775808%")]
    public void Anything_else_is_no_discount(string text) => Assert.False(Discount.TryParse(text, out _));

    [Fact]
    public void No_malformed_number_is_a_discount() =>
        Assert.All(Cases.NotNumbers, text => Assert.False(Discount.TryParse(text, out _), text));

    [Fact]
    public void What_is_written_reads_back_as_the_same_discount() => Properties.Hold(
        Cases.UpTo(10_000).Select(basisPoints => (int)basisPoints),
        basisPoints => Discount.TryParse(Discount.Format(basisPoints), out var read) && read == basisPoints);
}
