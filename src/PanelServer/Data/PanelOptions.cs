namespace PanelServer.Data;

/// <summary>The settings of section <c>Panel</c>.</summary>
internal sealed class PanelOptions
{
    /// <summary>The panel's currency; null takes what the panel has.</summary>
    public string? Currency { get; set; }

    /// <summary>Where days begin and end for what is counted by days.</summary>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;
}
