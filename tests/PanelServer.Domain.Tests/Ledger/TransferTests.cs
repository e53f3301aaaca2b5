using PanelServer.Domain.Ledger;

namespace PanelServer.Domain.Tests.Ledger;

public sealed class TransferTests
{
    private static readonly Money Amount = new(27_819);

    [Fact]
    public void A_charge_goes_from_the_reseller_to_the_sales() =>
        Is(Transfer.Charge(23501, 7, Amount, 99), TransferKind.Charge, 23501, 0, 7, Account.Sales);

    [Fact]
    public void A_refund_comes_back_and_names_the_version_it_moved_from() =>
        Is(Transfer.Refund(23501, 3, 7, Amount, 99), TransferKind.Refund, 23501, 3, Account.Sales, 7);

    [Fact]
    public void A_deposit_comes_from_outside() =>
        Is(Transfer.Deposit(12, 7, Amount, 99), TransferKind.Deposit, 12, 0, Account.Outside, 7);

    [Fact]
    public void A_withdrawal_goes_outside() =>
        Is(Transfer.Withdrawal(12, 7, Amount, 99), TransferKind.Withdrawal, 12, 0, 7, Account.Outside);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_transfer_moves_more_than_zero(long units)
    {
        Assert.Throws<InvalidOperationException>(() => Transfer.Charge(1, 7, new(units), 99));
        Assert.Throws<InvalidOperationException>(() => Transfer.Refund(1, 1, 7, new(units), 99));
        Assert.Throws<InvalidOperationException>(() => Transfer.Reversal(1, 1, 7, new(units), 99));
        Assert.Throws<InvalidOperationException>(() => Transfer.Deposit(1, 7, new(units), 99));
        Assert.Throws<InvalidOperationException>(() => Transfer.Withdrawal(1, 7, new(units), 99));
    }

    [Fact]
    public void The_stored_numbers_of_the_kinds_stay() => Assert.Equal(
        ["Charge 1", "Refund 2", "Deposit 3", "Withdrawal 4", "Reversal 5"],
        Enum.GetValues<TransferKind>().Select(kind => $"{kind} {(int)kind}"));

    [Fact]
    public void The_accounts_of_the_house_are_no_resellers()
    {
        Assert.True(Account.Outside < 0 && Account.Sales < 0);
        Assert.NotEqual(Account.Outside, Account.Sales);
    }

    private static void Is(Transfer transfer, TransferKind kind, int subject, int version, int from, int to)
    {
        Assert.Equal((kind, subject, version), (transfer.Kind, transfer.Subject, transfer.Version));
        Assert.Equal((from, to, Amount, 99L), (transfer.From, transfer.To, transfer.Amount, transfer.At));
    }
}
