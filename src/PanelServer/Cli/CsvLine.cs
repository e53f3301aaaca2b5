using System.Buffers;

namespace PanelServer.Cli;

/// <summary>A line of CSV (RFC 4180) whose cells no spreadsheet takes for a formula.</summary>
internal static class CsvLine
{
    // What a spreadsheet runs when a cell begins with it; such a cell gets an apostrophe, which spreadsheets do not show.
    private const string FormulaStarts = "=+-@\t\r";
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.");

    /// <summary>Puts cells into a line, without its end.</summary>
    public static string Of(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell));

    private static string Cell(string text)
    {
        var safe = text.Length > 1 && FormulaStarts.Contains(text[0]) && !IsNumber(text) ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsNumber(string text) => text[0] == '-' && text.AsSpan(1).IndexOfAnyExcept(OfNumbers) < 0;
}
