namespace PanelServer.Data;

/// <summary>Who is at work, and by which way in; every unit that is asked for meanwhile is theirs, and its audit says so.</summary>
/// <param name="Who">The person.</param>
/// <param name="Channel">The way in.</param>
internal sealed record Acting(string Who, string Channel)
{
    public const string Cli = "cli";
    public const string Control = "control";

    private static readonly AsyncLocal<Acting?> Whoever = new();

    /// <summary>Who is at work here; null when the panel is by itself.</summary>
    public static Acting? Now
    {
        get => Whoever.Value;
        set => Whoever.Value = value;
    }
}
