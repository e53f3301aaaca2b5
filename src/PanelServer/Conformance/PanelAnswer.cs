using System.Text.Json;

namespace PanelServer.Conformance;

/// <summary>What came back for one call.</summary>
internal sealed record PanelAnswer
{
    /// <summary>Why nothing came back; null when something did.</summary>
    public string? Unanswered { get; init; }

    /// <summary>More came than is read (<see cref="Bounds.AnswerBytes"/>).</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The HTTP status; 0 when nothing came back.</summary>
    public int Status { get; init; }

    public string ContentType { get; init; } = "";

    /// <summary>Where a redirect leads to; empty when it is none.</summary>
    public string Location { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>The body as JSON; null when it is none.</summary>
    public JsonElement? Json { get; init; }
}
