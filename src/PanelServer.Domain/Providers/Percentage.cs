namespace PanelServer.Domain.Providers;

/// <summary>A percentage of any size as people write it: <c>20%</c>, in whole basis points (hundredths of a percent).</summary>
public static class Percentage
{
    private const int Decimals = 2;

    /// <summary>Reads a percentage of 0 to 100 000 with at most two decimals, with or without the sign.</summary>
    public static bool TryParse(string text, out int basisPoints)
    {
        text = text.Trim();
        var read = DecimalText.TryParse(text.EndsWith('%') ? text[..^1] : text, Decimals, Markup.MaxPercent, out var units);
        basisPoints = (int)units;
        return read;
    }

    /// <summary>Writes it as people do: <c>12.5%</c>.</summary>
    public static string Format(int basisPoints) => DecimalText.Format(basisPoints, Decimals, 0).TrimEnd('.') + "%";
}
