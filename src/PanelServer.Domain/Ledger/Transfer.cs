namespace PanelServer.Domain.Ledger;

/// <summary>Why money moved. The numbers are stored and are part of a transfer's unique cause.</summary>
public enum TransferKind
{
    /// <summary>An order was placed; the subject is the order.</summary>
    Charge = 1,

    /// <summary>An order was settled; the subject is the order, the version the one it moved from.</summary>
    Refund = 2,

    /// <summary>A reseller paid in; the subject is the payment.</summary>
    Deposit = 3,

    /// <summary>A reseller was paid out; the subject is the payment.</summary>
    Withdrawal = 4,

    /// <summary>A correction takes back what had been paid back; the subject is the order, the version the one it moved from.</summary>
    Reversal = 5,
}

/// <summary>
/// One movement of money: double entry in one row. Subject, kind and version are its cause, and a cause exists once, so
/// charging or refunding twice for the same thing is impossible.
/// </summary>
public sealed record Transfer
{
    private Transfer(TransferKind kind, int subject, int version, int from, int to, Money amount, long at)
    {
        if (amount <= Money.Zero)
        {
            throw new InvalidOperationException("a transfer moves more than zero");
        }

        (Kind, Subject, Version, From, To, Amount, At) = (kind, subject, version, from, to, amount, at);
    }

    public TransferKind Kind { get; }

    /// <summary>The order or the payment it is about.</summary>
    public int Subject { get; }

    /// <summary>The order's version before the move that caused it; 0 where there is none.</summary>
    public int Version { get; }

    /// <summary>The account that gives.</summary>
    public int From { get; }

    /// <summary>The account that takes.</summary>
    public int To { get; }

    public Money Amount { get; }

    /// <summary>When, unix milliseconds.</summary>
    public long At { get; }

    public static Transfer Charge(int order, int reseller, Money amount, long at) =>
        new(TransferKind.Charge, order, 0, reseller, Account.Sales, amount, at);

    public static Transfer Refund(int order, int version, int reseller, Money amount, long at) =>
        new(TransferKind.Refund, order, version, Account.Sales, reseller, amount, at);

    public static Transfer Reversal(int order, int version, int reseller, Money amount, long at) =>
        new(TransferKind.Reversal, order, version, reseller, Account.Sales, amount, at);

    public static Transfer Deposit(int payment, int reseller, Money amount, long at) =>
        new(TransferKind.Deposit, payment, 0, Account.Outside, reseller, amount, at);

    public static Transfer Withdrawal(int payment, int reseller, Money amount, long at) =>
        new(TransferKind.Withdrawal, payment, 0, reseller, Account.Outside, amount, at);
}
