namespace PanelServer.Domain.Orders;

/// <summary>How an order ends, and what goes back for it (docs/contract.md, "Money" and "Lifecycle").</summary>
/// <param name="Status">The final state the asked one really is.</param>
/// <param name="Remains">What stays undelivered, within 0 … quantity.</param>
/// <param name="Refund">What is still to be paid back now; below zero only in a correction, which takes so much again.</param>
public readonly record struct Settlement(OrderStatus Status, long Remains, Money Refund)
{
    /// <summary>What the reseller is owed in all for what was not delivered: rounded down to a ledger unit.</summary>
    /// <param name="charge">What was charged at first.</param>
    /// <param name="remains">Undelivered, 0 … quantity.</param>
    /// <param name="quantity">Ordered, above zero.</param>
    public static Money Owed(Money charge, long remains, long quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentOutOfRangeException.ThrowIfNegative(remains);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(remains, quantity);
        return new((long)PriceRounding.Down((Int128)charge.Units * remains, quantity));
    }

    /// <summary>
    /// Settles an order that ends. Partial with nothing left is Completed, Partial with everything left is Canceled;
    /// Canceled gives everything back and keeps the last known remains.
    /// </summary>
    /// <param name="asked">Completed, Partial or Canceled.</param>
    /// <param name="charge">What was charged at first.</param>
    /// <param name="refunded">What went back before.</param>
    /// <param name="quantity">Ordered, above zero.</param>
    /// <param name="remains">Undelivered, 0 … quantity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The state asked for is not an end, or a number is out of its range.</exception>
    public static Settlement Of(OrderStatus asked, Money charge, Money refunded, long quantity, long remains)
    {
        var corrected = OfCorrection(asked, charge, refunded, quantity, remains);
        return corrected with { Refund = corrected.Refund > Money.Zero ? corrected.Refund : Money.Zero };
    }

    /// <summary>Settles an order that had ended otherwise: the same, but what went back too much is taken again.</summary>
    /// <inheritdoc cref="Of"/>
    public static Settlement OfCorrection(OrderStatus asked, Money charge, Money refunded, long quantity, long remains)
    {
        var owedForRemains = Owed(charge, remains, quantity);
        var status = asked switch
        {
            OrderStatus.Partial when remains == 0 => OrderStatus.Completed,
            OrderStatus.Partial when remains == quantity => OrderStatus.Canceled,
            OrderStatus.Completed or OrderStatus.Partial or OrderStatus.Canceled => asked,
            _ => throw new ArgumentOutOfRangeException(nameof(asked), asked, "not an end"),
        };
        var (left, owed) = status switch
        {
            OrderStatus.Completed => (0L, Money.Zero),
            OrderStatus.Canceled => (remains, charge),
            _ => (remains, owedForRemains),
        };
        return new(status, left, owed - refunded);
    }
}
