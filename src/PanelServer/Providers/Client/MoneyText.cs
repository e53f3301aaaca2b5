using System.Text.Json;

namespace PanelServer.Providers.Client;

/// <summary>An amount in whose text a currency stands, such as <c>$12.50</c> or <c>12,5 EUR</c>.</summary>
internal static class MoneyText
{
    private const int CodeLength = 3;

    // Signs that say one currency; a dollar or a yen sign says several.
    private static readonly (string Sign, string? Code)[] Signs =
    [
        ("R$", "BRL"),
        ("Rp.", "IDR"),
        ("Rp", "IDR"),
        ("TL", "TRY"),
        ("$", null),
        ("¥", null),
        ("€", "EUR"),
        ("£", "GBP"),
        ("₺", "TRY"),
        ("₽", "RUB"),
        ("₹", "INR"),
        ("₫", "VND"),
        ("₩", "KRW"),
        ("₦", "NGN"),
        ("₱", "PHP"),
        ("฿", "THB"),
        ("₴", "UAH"),
        ("৳", "BDT"),
    ];

    /// <summary>The amount without its currency, and the currency; both as they were where there is none inside.</summary>
    public static (JsonElement Number, string? Currency) Parted(JsonElement amount)
    {
        if (amount.ValueKind != JsonValueKind.String)
        {
            return (amount, null);
        }

        var text = amount.GetString()!.Trim();
        foreach (var (sign, code) in Signs.Concat(CodeOf(text)))
        {
            if (Without(text, sign) is { } number)
            {
                return (JsonSerializer.SerializeToElement(number), code);
            }
        }

        return (amount, null);
    }

    /// <summary>The three letters that a text begins or ends with.</summary>
    private static IEnumerable<(string Sign, string? Code)> CodeOf(string text)
    {
        var letters = new string([.. text.Where(char.IsAsciiLetter)]);
        return letters.Length == CodeLength ? [(letters, letters.ToUpperInvariant())] : [];
    }

    private static string? Without(string text, string sign)
    {
        // A minus may stand before the sign: -$5.
        var minus = text.StartsWith('-') ? "-" : "";
        var rest = text[minus.Length..];
        return rest.StartsWith(sign, StringComparison.OrdinalIgnoreCase) ? minus + rest[sign.Length..].Trim()
            : rest.EndsWith(sign, StringComparison.OrdinalIgnoreCase) ? minus + rest[..^sign.Length].Trim()
            : null;
    }
}
