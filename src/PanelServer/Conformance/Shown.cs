using System.Globalization;
using System.Text;
using PanelServer.Domain;

namespace PanelServer.Conformance;

/// <summary>Makes what a stranger said fit to be shown: one line, of a bounded length, nothing a terminal would act on.</summary>
internal static class Shown
{
    /// <summary>Escapes, then shortens.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= Bounds.ShownCharacters)
            {
                return line.Append('…').ToString();
            }

            _ = IsHarmless(rune)
                ? line.Append(rune.ToString())
                : line.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return line.ToString();
    }

    /// <summary>Takes the key out, wherever it was sent back.</summary>
    public static string Without(string key, string text) =>
        key.Length == 0 ? text : text.Replace(key, "[key]", StringComparison.Ordinal);

    private static bool IsHarmless(Rune rune) => !HiddenCharacters.Contains(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
