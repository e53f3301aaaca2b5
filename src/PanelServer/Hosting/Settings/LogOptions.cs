namespace PanelServer.Hosting.Settings;

/// <summary>How the log is written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}

/// <summary>Of which calls a line is logged.</summary>
internal enum CallLines
{
    Off,

    /// <summary>Of those that were refused or not answered.</summary>
    Failed,

    /// <summary>Of one in a hundred.</summary>
    Sampled,
    All,
}

/// <summary>The settings of section <c>Log</c>.</summary>
internal sealed class LogOptions
{
    public LogLevel Level { get; set; } = LogLevel.Warning;

    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>Of which calls a line is logged, whatever the level is.</summary>
    public CallLines Calls { get; set; }
}
