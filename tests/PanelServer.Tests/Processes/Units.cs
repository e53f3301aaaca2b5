using System.Globalization;
using System.Text.RegularExpressions;

namespace PanelServer.Tests.Processes;

/// <summary>
/// The test's own money, written from the published rules with whole numbers only, so that it shares no mistake with the
/// server: one unit is 0.00001, rates are counted in 0.00000001 per 1000.
/// </summary>
internal static partial class Units
{
    private const long One = 100_000;

    /// <summary>Reads an amount that must have exactly five decimals.</summary>
    public static long Read(string? amount)
    {
        Assert.NotNull(amount);
        Assert.Matches(FiveDecimals(), amount);
        return long.Parse(amount.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    public static string Write(long units) =>
        string.Create(CultureInfo.InvariantCulture, $"{units / One}.{units % One:D5}");

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a quantity costs, rounded up.</summary>
    public static long Charge(string rate, long quantity) => CeilingOf(Rate(rate) * quantity, 1000 * 1000);

    /// <summary>What a package costs: the rate itself, rounded up.</summary>
    public static long Flat(string rate) => CeilingOf(Rate(rate), 1000);

    /// <summary>What comes back for the share that was not delivered, rounded down.</summary>
    public static long Owed(long charge, long remains, long quantity) => charge * remains / quantity;

    /// <summary>The v1 dialect's charge: up to four decimals.</summary>
    public static string ChargeV1(long units)
    {
        var four = CeilingOf(units, 10);
        return string.Create(CultureInfo.InvariantCulture, $"{four / 10_000}.{four % 10_000:D4}");
    }

    /// <summary>The v1 dialect's balance: down to four decimals, zeros at the end cut to two.</summary>
    public static string BalanceV1(long units)
    {
        var text = Write(units)[..^1];
        while (text.EndsWith('0') && text[^3] != '.')
        {
            text = text[..^1];
        }

        return text;
    }

    private static long Rate(string rate)
    {
        var parts = rate.Split('.');
        var decimals = parts.Length > 1 ? parts[1] : "";
        return long.Parse(parts[0] + decimals.PadRight(8, '0'), CultureInfo.InvariantCulture);
    }

    private static long CeilingOf(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    [GeneratedRegex(@"^(0|[1-9][0-9]*)\.[0-9]{5}$")]
    private static partial Regex FiveDecimals();
}
