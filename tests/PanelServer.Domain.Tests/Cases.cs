using FsCheck;
using FsCheck.Fluent;

namespace PanelServer.Domain.Tests;

/// <summary>What the properties are tried with: the edges often, everything else sometimes.</summary>
internal static class Cases
{
    /// <summary>Whole numbers of zero to a maximum, of every length in bits, the edges often.</summary>
    public static Gen<long> UpTo(long most) => Gen.Frequency(
        (1, Gen.Elements(0L, Math.Min(1, most), Math.Max(0, most - 1), most)),
        (1, Gen.Choose(0, (int)Math.Min(most, 20_000)).Select(number => (long)number)),
        (3,
            from high in Gen.Choose(0, int.MaxValue)
            from low in Gen.Choose(0, int.MaxValue)
            from bits in Gen.Choose(0, 61)
            select Math.Min(most, (((long)high << 31) | (long)low) >> bits)));

    /// <summary>Amounts an account can hold.</summary>
    public static Gen<Money> Amounts { get; } = UpTo(Money.Max.Units).Select(units => new Money(units));

    /// <summary>Rates a service can have.</summary>
    public static Gen<Rate> Rates { get; } = UpTo(Rate.Max.Units).Select(units => new Rate(units));

    /// <summary>Short texts of these pieces.</summary>
    public static Gen<string> TextsOf(params string[] pieces) =>
        Gen.ArrayOf(Gen.Elements(pieces)).Select(string.Concat);

    /// <summary>Texts in which a number is expected by whoever reads them and that are none.</summary>
    public static readonly IReadOnlyList<string> NotNumbers =
    [
        "", " ", "-0", "-1", "-2147483648", "1e3", "1E400", "NaN", "Infinity", "0x10", "1,5", "1 000", "1_000", "+1",
        "１２", "٣", "null", "true", "[]", "{}", "abc", "5abc", "½", "1\u00002", "\u202e1", "\ud800", "1;2", "'", "%31",
        "1\n2", ",", "|",
    ];
}
