namespace PanelServer.Domain.Providers;

/// <summary>
/// What a route costs, as it was seen last, and whether that is a loss. It is the one place that says so: for the list price
/// of a service, and for an order. Out of range counts as more than anybody pays.
/// </summary>
/// <param name="Seen">The provider's rate as it was seen last, in its currency; null when it was never seen.</param>
/// <param name="Accepted">Up to this rate an operator lets the route be used at a loss; null = at none.</param>
/// <param name="Exchange">Of the provider's currency.</param>
/// <param name="Multiplier">How much is asked for each one ordered.</param>
public readonly record struct RouteCost(Rate? Seen, Rate? Accepted, ExchangeRate Exchange, Multiplier Multiplier)
{
    /// <summary>What 1000 ordered cost (of a package: one order), in the panel's currency; null when it is not known, or no rate can be so much.</summary>
    public Rate? Here => Asked is { } rate ? Multiplier.CostOf(rate) : null;

    /// <summary>Whether an operator has said that it is used whatever it brings.</summary>
    public bool IsAccepted => Seen is { } seen && Accepted is { } accepted && seen.Units <= accepted.Units;

    /// <summary>Whether it costs more than a price, and nobody has said that it is used all the same.</summary>
    public bool IsAbove(Rate price) => Seen is not null && !IsAccepted && !(Here is { } here && here.Units <= price.Units);

    /// <summary>Whether an order costs more than it brings, and nobody has said that it is sent all the same.</summary>
    /// <param name="paid">The rate by which it was paid.</param>
    /// <param name="ordered">How much was paid for.</param>
    /// <param name="asked">How much the provider is asked for.</param>
    /// <param name="isFlat">Whether the rates are of one order, whatever its quantity.</param>
    public bool IsLoss(Rate paid, long ordered, long asked, bool isFlat) => Seen is not null && !IsAccepted
        && !(Asked is { } cost && (isFlat ? cost.Units <= paid.Units : (Int128)cost.Units * asked <= (Int128)paid.Units * ordered));

    /// <summary>What it costs here, for people.</summary>
    public string Text => Here is { } here ? here.ToString() : Seen is null ? "not known" : $"more than {Rate.Max}";

    private Rate? Asked => Seen is { } seen ? Exchange.InPanel(seen) : null;
}
