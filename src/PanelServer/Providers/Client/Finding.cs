using System.Text.Json;

namespace PanelServer.Providers.Client;

/// <summary>What is found in an answer to a change, before it is judged.</summary>
internal sealed record Finding
{
    public ProviderError? Complaint { get; init; }

    /// <summary>Something beside an error looks as if it had been taken.</summary>
    public bool MayBeTaken { get; init; }

    /// <summary>By what the provider knows it.</summary>
    public string? Id { get; init; }

    /// <summary>It says yes, and no id is needed, or none is given.</summary>
    public bool IsYes { get; init; }

    public string? Why { get; init; }

    public static Finding Nothing(string why) => new() { Why = why };

    /// <summary>Whether it says that there is no id, as it stands beside an error.</summary>
    public static bool IsNothing(JsonElement id) =>
        id.IsBlank() || (id.ValueKind == JsonValueKind.String && (id.GetString()!.Trim() == "0" || id.Flag() == false));
}
