using System.Text.Json;
using PanelServer.Domain.Providers;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Providers.Client;

/// <summary>What an answer to add, refill or cancel comes to.</summary>
/// <param name="Outcome">Accepted, Rejected, Deferred or Unknown.</param>
/// <param name="Reason">Why, in one line without the key; empty when it was accepted.</param>
internal sealed record ParsedResponse(SubmissionOutcome Outcome, string Reason)
{
    public string? UpstreamId { get; init; }

    public RejectionReason? Objection { get; init; }

    /// <summary>The words of a no in the plain form, without what was sent.</summary>
    public string Plain { get; init; } = "";
}

/// <summary>
/// Decides what came of asking for a change. Only a clear rejection, or a clear acceptance with an id, counts; money follows from it
/// (docs/decisions/0020).
/// </summary>
internal static class SubmissionResponseReader
{
    // The surest first; without the marks that panels put between words.
    private static readonly string[] OrderNames = ["order", "orderid", "id"];

    // What an order may stand in, besides "data".
    private static readonly string[] Wrappers = ["result", "response", "orders"];

    public static ParsedResponse Add(JsonResponse answer) => Judge(answer, OrderIn);

    /// <summary>The order in an answer to add: under one of its names, among data, alone in a list, or as a bare number.</summary>
    private static Finding OrderIn(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 1 && json[0].ValueKind == JsonValueKind.Object)
        {
            return OrderIn(json[0]);
        }

        if (json.ValueKind is JsonValueKind.Number or JsonValueKind.String)
        {
            var isBare = UpstreamIds.IdOf(json) is { } id && id.All(char.IsAsciiDigit);
            return new() { MayBeTaken = isBare, Id = isBare ? UpstreamIds.IdOf(json) : null, Why = "the answer is neither an object nor an id" };
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Finding.Nothing("the answer is not an object");
        }

        // An order of its own first: beside it an "id" may be anything.
        JsonElement[] named = [.. new[] { Named(json), NamedWithin(json, "data") }.OfType<JsonElement>()];
        if (named.Length == 0)
        {
            named = [.. Wrappers.Select(name => NamedWithin(json, name)).OfType<JsonElement>()];
        }

        var ids = named.Select(id => UpstreamIds.IdOf(id)).Distinct().ToArray();
        return new()
        {
            Complaint = ProviderError.Of(json),
            MayBeTaken = named.Any(id => !Finding.IsNothing(id)) || (json.Under("orders") is { } orders && !orders.IsBlank()),
            Id = ids.Length == 1 ? ids[0] : null,
        };
    }

    private static JsonElement? NamedWithin(JsonElement json, string wrapper) => json.Under(wrapper) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() == 1 ? Named(list[0]) : null,
        { } within => Named(within),
        null => null,
    };

    private static JsonElement? Named(JsonElement json) =>
        OrderNames.Select(name => Field(json, name)).FirstOrDefault(value => value is not null);

    /// <summary>Names as panels write them: <c>order_id</c>, <c>orderId</c>, <c>Order</c>.</summary>
    private static JsonElement? Field(JsonElement json, string name)
    {
        if (json.Under(name) is { } exact)
        {
            return exact;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null
                && property.Name.Replace("_", "", StringComparison.Ordinal).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }

    /// <param name="order">The id that was asked about.</param>
    public static ParsedResponse Refill(JsonResponse answer, string order) =>
        Judge(answer, json => AboutReader.Refill(json, order));

    /// <param name="order">The id that was asked about.</param>
    public static ParsedResponse Cancel(JsonResponse answer, string order) =>
        Judge(answer, json => AboutReader.Cancel(json, order)) with { UpstreamId = null };

    private static ParsedResponse Judge(JsonResponse answer, Func<JsonElement, Finding> find)
    {
        var verdict = Read(answer, find);
        return verdict.Outcome == Unknown && IsNotTaken(answer, find)
            ? new(Deferred, verdict.Reason) { Objection = Domain.Providers.RejectionReason.Rate }
            : verdict;
    }

    /// <summary>A 429 comes from a rate limiter in front of the panel, unless its body reports an acceptance all the same.</summary>
    private static bool IsNotTaken(JsonResponse answer, Func<JsonElement, Finding> find) =>
        answer.Status == 429 && !(answer.Json is { } json && find(json).MayBeTaken);

    private static ParsedResponse Read(JsonResponse answer, Func<JsonElement, Finding> find)
    {
        if (answer.Json is not { } json || (!answer.IsSuccess && !answer.IsRefusal))
        {
            return new(Unknown, answer.Doubt());
        }

        var finding = find(json);
        if (finding.Complaint is { } complaint)
        {
            if (!complaint.IsClear || finding.MayBeTaken)
            {
                var doubt = complaint.IsClear ? "it says yes and no" : "it may be a no";
                return new(Unknown, answer.Say($"{doubt}: {complaint.Words}"));
            }

            var about = answer.About(complaint.Words);
            var outcome = about == Domain.Providers.RejectionReason.Fault ? Unknown : about.IsPassing() ? Deferred : Rejected;
            return new(outcome, answer.Say(complaint.Words)) { Objection = about, Plain = answer.Plain(complaint.Words) };
        }

        return (finding.Id is not null || finding.IsYes) && answer.IsSuccess
            ? new(Accepted, "") { UpstreamId = finding.Id }
            : new(Unknown, answer.Say($"HTTP {answer.Status}; {finding.Why ?? "the answer has neither a usable id nor an error"}"));
    }
}
