namespace PanelServer.Domain.Providers;

/// <summary>The least and the greatest quantity of an order.</summary>
public readonly record struct QuantityBounds(int Min, int Max)
{
    /// <summary>What may be ordered so that a provider is asked for something within its bounds.</summary>
    /// <param name="upstream">The provider's bounds: 1 or more, the greatest not below the least.</param>
    /// <param name="multiplier">How much it is asked for each one ordered.</param>
    /// <returns>Null when no quantity fits.</returns>
    public static QuantityBounds? Ordered(QuantityBounds upstream, Multiplier multiplier)
    {
        // Asked is rounded up: the least is the first that gets above min - 1, the greatest the last that does not get above max.
        var min = Within((((upstream.Min - 1L) * Multiplier.One) / multiplier.Units) + 1);
        var max = (upstream.Max * (long)Multiplier.One) / multiplier.Units;
        return max < min ? null : new(min, Within(max));
    }

    private static int Within(long quantity) => (int)Math.Clamp(quantity, 1, Limits.MaxQuantity);
}
