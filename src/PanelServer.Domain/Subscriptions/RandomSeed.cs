namespace PanelServer.Domain.Subscriptions;

/// <summary>
/// Where the next random number comes from. The same seed draws the same numbers for ever and everywhere, so that a
/// sandbox can be played again; not for secrets.
/// </summary>
/// <param name="State">Any number.</param>
public readonly record struct RandomSeed(long State)
{
    // A counter in steps of an odd number near the golden ratio of 2^64, each value stirred by the finalizer of a
    // 64-bit hash: the well-known SplitMix64.
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Draws a number within bounds, and the seed of the next.</summary>
    public (int Number, RandomSeed Next) Draw(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, most);
        unchecked
        {
            var state = (ulong)State + Step;
            var stirred = state;
            stirred = (stirred ^ (stirred >> 30)) * 0xBF58_476D_1CE4_E5B9;
            stirred = (stirred ^ (stirred >> 27)) * 0x94D0_49BB_1331_11EB;
            stirred ^= stirred >> 31;
            var numbers = (ulong)((long)most - least + 1);
            return ((int)(least + (long)(stirred % numbers)), new((long)state));
        }
    }
}
