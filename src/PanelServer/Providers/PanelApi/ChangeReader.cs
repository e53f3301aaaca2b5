using System.Text.Json;
using PanelServer.Domain.Providers;
using static PanelServer.Domain.Providers.SendingOutcome;

namespace PanelServer.Providers.PanelApi;

/// <summary>What an answer to add, refill or cancel comes to.</summary>
/// <param name="Outcome">Accepted, Rejected, Deferred or Unknown.</param>
/// <param name="Reason">Why, in one line without the key; empty when it was accepted.</param>
internal sealed record Verdict(SendingOutcome Outcome, string Reason)
{
    public string? UpstreamId { get; init; }

    public Objection? Objection { get; init; }

    /// <summary>The words of a no in the plain form, without what was sent.</summary>
    public string Plain { get; init; } = "";
}

/// <summary>
/// Decides what came of asking for a change. Only a clear no, or a clear yes with an id, is believed; money follows from it
/// (docs/decisions/0020).
/// </summary>
internal static class ChangeReader
{
    // The surest first; without the marks that panels put between words.
    private static readonly string[] OrderNames = ["order", "orderid", "id"];

    // What "cancel" may say besides a number or an id of the cancel request.
    private static readonly string[] CancelYes =
        ["true", "yes", "ok", "success", "successful", "accepted", "requested", "request", "pending", "canceled", "cancelled"];

    public static Verdict Add(JsonAnswer answer)
    {
        var verdict = Judge(answer, OrderIn);
        return verdict.Outcome == Unknown && IsNotTaken(answer)
            ? new(Deferred, verdict.Reason) { Objection = Domain.Providers.Objection.Rate }
            : verdict;
    }

    /// <summary>A 429 comes from whoever counts calls before they are taken, unless it tells of an order all the same.</summary>
    private static bool IsNotTaken(JsonAnswer answer) =>
        answer.Status == 429 && !(answer.Json is { } json && OrderIn(json).MayBeTaken);

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
        var named = new[] { Named(json), json.Under("data") is { } data ? Named(data) : null }.OfType<JsonElement>().ToArray();
        var ids = named.Select(id => UpstreamIds.IdOf(id)).Distinct().ToArray();
        return new()
        {
            Complaint = Complaint.Of(json),
            MayBeTaken = named.Any(id => !IsNothing(id)) || (json.Under("orders") is { } orders && !orders.IsBlank()),
            Id = ids.Length == 1 ? ids[0] : null,
        };
    }

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
    public static Verdict Refill(JsonAnswer answer, string order) =>
        Judge(answer, json => About(json, order, "refill", refill => new()
        {
            MayBeTaken = !IsNothing(refill),
            Id = UpstreamIds.IdOf(refill),
        }));

    /// <param name="order">The id that was asked about.</param>
    public static Verdict Cancel(JsonAnswer answer, string order)
    {
        var verdict = Judge(answer, json => About(json, order, "cancel", cancel => new()
        {
            MayBeTaken = !IsNothing(cancel),
            Id = IsYes(cancel) ? order : null,
        }));
        return verdict with { UpstreamId = null };
    }

    private static Verdict Judge(JsonAnswer answer, Func<JsonElement, Finding> find)
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
            var outcome = about == Domain.Providers.Objection.Fault ? Unknown : about.IsPassing() ? Deferred : Rejected;
            return new(outcome, answer.Say(complaint.Words)) { Objection = about, Plain = answer.Plain(complaint.Words) };
        }

        return finding.Id is { } id && answer.IsSuccess
            ? new(Accepted, "") { UpstreamId = id }
            : new(Unknown, answer.Say($"HTTP {answer.Status}; {finding.Why ?? "the answer has neither a usable id nor an error"}"));
    }

    /// <summary>Refill and cancel: a list of one, an object about the order, or one that holds it under its id.</summary>
    private static Finding About(JsonElement json, string order, string name, Func<JsonElement, Finding> read)
    {
        var item = json;
        if (json.ValueKind == JsonValueKind.Array)
        {
            if (json.GetArrayLength() != 1)
            {
                return Finding.Nothing("the answer is not a list of one");
            }

            item = json[0];
        }

        if (item.ValueKind != JsonValueKind.Object)
        {
            return Finding.Nothing("the answer is not an object");
        }

        if (item.Under(name) is null && item.Under(order) is { ValueKind: JsonValueKind.Object } keyed)
        {
            item = keyed;
        }

        if (item.Under("order") is { } other && !IsNothing(other) && other.Text()?.Trim() != order.Trim())
        {
            return Finding.Nothing("the answer is about another order");
        }

        var complaint = Complaint.Of(item) ?? Complaint.Of(json);
        if (item.Under(name) is not { } value)
        {
            // Said of the whole: "success" with a text, or a flag. There is no id in it, so only a cancel can be meant.
            var isYes = name == "cancel" && (Complaint.SaysYes(item) || IsText(item.Under("success")));
            return new() { Complaint = complaint, MayBeTaken = isYes, Id = isYes ? order : null };
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            // An object that is neither a clear no nor a no at all is nothing that anybody has seen.
            var inner = Complaint.Of(value);
            return new() { Complaint = inner ?? complaint, MayBeTaken = inner is null || Complaint.SaysYes(item) };
        }

        return read(value) with { Complaint = complaint };
    }

    // An id that says there is none, as it stands beside an error.
    private static bool IsNothing(JsonElement id) =>
        id.IsBlank() || (id.ValueKind == JsonValueKind.String && (id.GetString()!.Trim() == "0" || id.Flag() == false));

    private static bool IsText(JsonElement? said) =>
        said is { ValueKind: JsonValueKind.String } text && !text.IsBlank() && text.Flag() is null;

    private static bool IsYes(JsonElement cancel) =>
        cancel.ValueKind == JsonValueKind.True
        || (cancel.ValueKind == JsonValueKind.String
            && CancelYes.Contains(cancel.GetString()!.Trim(), StringComparer.OrdinalIgnoreCase))
        || (UpstreamIds.IdOf(cancel) is { } id && id.Any(char.IsAsciiDigit));

    private sealed record Finding
    {
        public Complaint? Complaint { get; init; }

        /// <summary>Something beside an error looks as if it had been taken.</summary>
        public bool MayBeTaken { get; init; }

        public string? Id { get; init; }

        public string? Why { get; init; }

        public static Finding Nothing(string why) => new() { Why = why };
    }
}
