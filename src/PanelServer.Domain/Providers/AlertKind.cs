namespace PanelServer.Domain.Providers;

/// <summary>The kinds of alert about a provider. The numbers are stored.</summary>
public enum AlertKind
{
    /// <summary>The balance there does not reach: it is paused.</summary>
    Funds = 1,

    /// <summary>The key is refused there: it is paused.</summary>
    Key = 2,

    /// <summary>The balance is below the mark that the operator has set.</summary>
    LowBalance = 3,

    /// <summary>Its calls fail: it is left alone for a while.</summary>
    Circuit = 4,

    /// <summary>It says another currency than before.</summary>
    Currency = 5,

    /// <summary>A service of a route is not in its catalogue any more.</summary>
    Removed = 6,

    /// <summary>A service of a route has changed in other ways than its price.</summary>
    Changed = 7,

    /// <summary>The price of a service has jumped.</summary>
    PriceJump = 8,

    /// <summary>A service costs more than it is sold for.</summary>
    BelowCost = 9,

    /// <summary>It reports a status word that is not in any table.</summary>
    Word = 10,

    /// <summary>Its catalogue could not be read, or holds rows that cannot be.</summary>
    Catalogue = 11,

    /// <summary>It refuses orders of a service; a person unlocks the route.</summary>
    Refused = 12,

    /// <summary>It does not tell how orders stand.</summary>
    Unheard = 13,

    /// <summary>It charges more for an order than the order was sold for.</summary>
    Loss = 14,

    /// <summary>It refuses order after order in words that nobody knows: it is paused and tried.</summary>
    Strange = 15,

    /// <summary>It tells of faults over there, order after order: it is paused and tried.</summary>
    Faults = 16,

    /// <summary>It counts in another currency, and no exchange rate is set: nothing is sent to it.</summary>
    Exchange = 17,

    // 18 is free: no release has stored it.

    /// <summary>It says a balance that can be read in two ways: the last one stays.</summary>
    Balance = 19,
}
