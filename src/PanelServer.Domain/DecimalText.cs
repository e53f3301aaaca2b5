using System.Globalization;

namespace PanelServer.Domain;

/// <summary>Plain decimals in and out of whole numbers of a small unit; used by <see cref="Money"/> and <see cref="Rate"/>.</summary>
internal static class DecimalText
{
    /// <summary>Reads digits, optionally a dot and at most <paramref name="decimals"/> digits.</summary>
    public static bool TryParse(string? text, int decimals, long max, out long units)
    {
        units = 0;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        Int128 sum = 0;
        var fraction = -1;
        foreach (var letter in text)
        {
            if (letter == '.' && fraction < 0 && text[0] != '.')
            {
                fraction = 0;
                continue;
            }

            if (!char.IsAsciiDigit(letter) || (fraction >= 0 && ++fraction > decimals))
            {
                return false;
            }

            sum = (sum * 10) + (letter - '0');
            if (sum > max)
            {
                return false;
            }
        }

        if (fraction == 0)
        {
            return false;
        }

        for (var missing = Math.Max(fraction, 0); missing < decimals; missing++)
        {
            sum *= 10;
        }

        units = sum <= max ? (long)sum : 0;
        return sum <= max;
    }

    /// <summary>Writes with at least <paramref name="least"/> of <paramref name="decimals"/> decimals, zeros cut.</summary>
    public static string Format(long units, int decimals, int least)
    {
        var scale = (long)Math.Pow(10, decimals);
        var fraction = (units % scale).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        return $"{(units / scale).ToString(CultureInfo.InvariantCulture)}.{fraction.PadRight(least, '0')}";
    }
}
