namespace PanelServer.Hosting.Settings;

/// <summary>How the log is written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}

/// <summary>The settings of section <c>Log</c>.</summary>
internal sealed class LogOptions
{
    public LogLevel Level { get; set; } = LogLevel.Warning;

    public LogFormat Format { get; set; } = LogFormat.Text;
}
