namespace PanelServer.Domain.Providers;

/// <summary>Which sign a provider writes before the decimals of its numbers, as far as they have shown it. The numbers are stored.</summary>
public enum DecimalSign
{
    /// <summary>No number has shown it yet; <c>12,345</c> may be twelve or twelve thousand.</summary>
    Unknown = 0,

    /// <summary><c>0.5</c>, <c>1,234.56</c>.</summary>
    Point = 1,

    /// <summary><c>0,5</c>, <c>1.234,56</c>.</summary>
    Comma = 2,
}
