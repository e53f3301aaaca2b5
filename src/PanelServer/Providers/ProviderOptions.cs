namespace PanelServer.Providers;

/// <summary>The settings of section <c>Providers</c>.</summary>
internal sealed class ProviderOptions
{
    /// <summary>Seconds until a provider has answered what changes something there; after that the outcome is unknown.</summary>
    public int SendSeconds { get; set; } = 60;

    /// <summary>Seconds until a provider has answered a question.</summary>
    public int AskSeconds { get; set; } = 30;

    /// <summary>Seconds that calls which change something at a provider may take to end when the server stops.</summary>
    public int StopSeconds { get; set; } = 30;
}
