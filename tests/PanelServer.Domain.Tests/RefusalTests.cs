using System.Reflection;

namespace PanelServer.Domain.Tests;

public sealed class RefusalTests
{
    [Fact]
    public void Every_refusal_is_worded_as_approved()
    {
        var fixedOnes = typeof(Refusal)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (Refusal)field.GetValue(null)!);
        Refusal[] madeUp =
        [
            Refusal.IncorrectField("comments"), Refusal.QuantityBelow(50), Refusal.QuantityAbove(int.MaxValue),
        ];
        Golden.Approves("refusals", fixedOnes.Concat(madeUp).Select(Row));
    }

    [Fact]
    public void A_refused_result_has_no_value()
    {
        Result<Money> refused = Refusal.NotEnoughFunds;
        Assert.False(refused.Try(out _, out var refusal));
        Assert.Equal(Refusal.NotEnoughFunds, refusal);
        Assert.Throws<InvalidOperationException>(() => refused.Value);
    }

    [Fact]
    public void A_result_with_a_value_has_no_refusal()
    {
        Result<Money> amount = new Money(5);
        Assert.True(amount.Try(out var value, out var refusal));
        Assert.Null(refusal);
        Assert.Equal(new Money(5), value);
        Assert.Equal(new Money(5), amount.Value);
    }

    private static string Row(Refusal refusal)
    {
        var again = refusal.RetryAfterSeconds is { } seconds ? $" (again in {seconds} s)" : "";
        return $"{refusal.Family,-24} {ContractTexts.Of(refusal)}{again}";
    }
}
