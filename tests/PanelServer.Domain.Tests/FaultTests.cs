using PanelServer.Domain.Faults;

namespace PanelServer.Domain.Tests;

/// <summary>A fault is written in one way, and nothing else is one.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("drop-after-commit", FaultKind.DropAfterCommit, 0, true)]
    [InlineData("drop-before", FaultKind.DropBefore, 0, false)]
    [InlineData("delay:0", FaultKind.Delay, 0, true)]
    [InlineData("delay:60000", FaultKind.Delay, 60_000, true)]
    [InlineData("status:400", FaultKind.Status, 400, false)]
    [InlineData("status:599", FaultKind.Status, 599, false)]
    [InlineData("html", FaultKind.Html, 0, false)]
    [InlineData("malformed", FaultKind.Malformed, 0, true)]
    [InlineData("rate-limit", FaultKind.RateLimit, 0, false)]
    public void What_is_read_is_written_again(string text, FaultKind kind, int number, bool isCarriedOut)
    {
        Assert.True(Fault.TryParse(text, out var fault));
        Assert.Equal(new Fault(kind, number), fault);
        Assert.Equal(isCarriedOut, fault.IsCarriedOut);
        Assert.Equal(text, fault.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTML")]
    [InlineData("html ")]
    [InlineData("delay")]
    [InlineData("delay:")]
    [InlineData("delay: 5")]
    [InlineData("delay:-1")]
    [InlineData("delay:+1")]
    [InlineData("delay:60001")]
    [InlineData("delay:99999999999")]
    [InlineData("delay:٥")]
    [InlineData("status:399")]
    [InlineData("status:600")]
    [InlineData("status:500.0")]
    public void Anything_else_is_no_fault(string text) => Assert.False(Fault.TryParse(text, out _));

    [Fact]
    public void Every_kind_is_named_to_whoever_writes_another() =>
        Assert.All(Enum.GetValues<FaultKind>(), kind =>
            Assert.Contains(new Fault(kind, 0).ToString().Split(':')[0], Fault.Forms, StringComparison.Ordinal));
}
