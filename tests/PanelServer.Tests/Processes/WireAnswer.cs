using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PanelServer.Tests.Processes;

/// <summary>One answer as it stood on the wire.</summary>
internal sealed record WireAnswer(
    int Status,
    string Body,
    string? ContentType,
    string? ErrorCode,
    string? RetryAfter,
    bool Replayed,
    TimeSpan Took)
{
    public JsonNode? Json => JsonNode.Parse(Body);

    public long? Order => Json is JsonObject json && json["order"] is JsonValue id
        && id.GetValueKind() == JsonValueKind.Number
        ? id.GetValue<long>()
        : null;

    public string? Error => Json is JsonObject json ? (string?)json["error"] : null;

    /// <summary>The id of an order that must have been taken.</summary>
    public long Accepted()
    {
        Assert.True(Status == 200 && Order > 0, $"not an accepted order: {this}");
        return Order!.Value;
    }

    public WireAnswer Says(string body)
    {
        Assert.True(Status == 200 && Body == body, $"expected {body}\ngot {this}");
        return this;
    }

    public WireAnswer SaysError(string text, string code)
    {
        Assert.True(Status == 200 && Error == text && ErrorCode == code, $"expected {text} ({code})\ngot {this}");
        return this;
    }

    /// <summary>True for exactly what every caller of a batch that could not be written is told.</summary>
    public bool IsUnavailable => Status == 503 && Body == """{"error":"Service unavailable"}"""
        && ErrorCode == "unavailable" && RetryAfter is not null && ContentType == "application/json";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Status} {ContentType} [{ErrorCode}] {Shown} ({Took.TotalMilliseconds:F0} ms)");

    private string Shown => Body.Length > 600 ? Body[..600] + "…" : Body;
}
