using System.Text.Json;

namespace PanelServer.Providers.Client;

/// <summary>
/// Finds what an answer to refill or cancel says of the one order that was asked about: in a list of one, in an object
/// about the order, in one that holds it under its id, and in any of these wrapped once.
/// </summary>
internal static class AboutReader
{
    private static readonly string[] Wrappers = ["data", "result", "orders", "response"];
    private static readonly string[] OrderNames = ["order", "order_id", "orderid"];
    private static readonly string[] RefillNames = ["refill", "refill_id", "refillid", "task_id"];
    private static readonly string[] CancelNames = ["cancel", "cancel_id", "cancelid", "canceled", "cancelled", "cancellation", "cancellation_id"];

    // Names that an id has where it is clear of what it is one.
    private static readonly string[] InnerIds = ["id", "refill_id", "refill", "cancel_id", "request_id", "task_id"];

    private static readonly string[] StateNames = ["status", "state"];

    // Names under which a yes stands beside or in the place of an id.
    private static readonly string[] YesNames = ["pending", "success", "status", "state", "requested", "accepted", "queued", "ok", "result", "canceled", "cancelled"];

    // Of these a plain "true" says that the request is accepted.
    private static readonly string[] WaitingNames = ["pending", "requested", "accepted", "queued"];

    // What may be said in the place of an id when there is none.
    private static readonly string[] YesWords =
    [
        "true", "yes", "ok", "success", "successful", "accepted", "requested", "request", "pending", "canceled", "cancelled", "queued", "processing",
        "in progress", "submitted", "received", "created",
    ];

    /// <summary>A refill has an id, by which it is asked about. Where it is taken without one, a person follows it.</summary>
    public static Finding Refill(JsonElement json, string order) => About(json, order, RefillNames, refill => new()
    {
        MayBeTaken = !Finding.IsNothing(refill),
        Id = IsTrue(refill) ? null : UpstreamIds.IdOf(refill) is { } id && !IsWord(id) ? id : null,
        IsYes = IsTrue(refill) || IsWord(refill.Text()),
    });

    /// <summary>A cancel request needs no id: how the order ends, its status says.</summary>
    public static Finding Cancel(JsonElement json, string order) => About(json, order, CancelNames, cancel => new()
    {
        MayBeTaken = !Finding.IsNothing(cancel),
        IsYes = IsTrue(cancel) || IsWord(cancel.Text()) || (UpstreamIds.IdOf(cancel) is { } id && id.Any(char.IsAsciiDigit)),
    });

    private static Finding About(JsonElement json, string order, string[] names, Func<JsonElement, Finding> read)
    {
        if (!Item(json, order, names).Try(out var item, out var why))
        {
            return Finding.Nothing(why);
        }

        if (item.Under(OrderNames) is { } other && !Finding.IsNothing(other)
            && (UpstreamIds.IdOf(other) ?? other.Text()?.Trim()) != order.Trim())
        {
            return Finding.Nothing("the answer is about another order");
        }

        var complaint = ProviderError.Of(item) ?? ProviderError.Of(json);
        if (item.Under(names) is not { } value)
        {
            // Said of the whole: "success" with or without a text. An id beside it is that of what was asked for, unless it is the order's.
            var isYes = ProviderError.IsAcceptance(item) || ProviderError.IsAcceptance(json) || IsText(item.Under("success")) || IsText(json.Under("success"))
                || WaitingNames.Any(name => item.Under(name) is { ValueKind: JsonValueKind.True });
            var id = isYes && names == RefillNames && item.Under("id") is { } beside ? UpstreamIds.IdOf(beside) : null;
            return new() { Complaint = complaint, MayBeTaken = isYes, IsYes = isYes, Id = id == order.Trim() ? null : id };
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return read(value) with { Complaint = complaint };
        }

        // An object that is neither a no nor a yes is nothing that anybody has seen.
        var inner = ProviderError.Of(value);
        if (inner is null && value.Under(StateNames)?.Text() is { } state && !IsWord(state))
        {
            return new() { Complaint = complaint, MayBeTaken = true };
        }

        var found = inner is null && value.Under(InnerIds) is { } innerId && innerId.Text() is not null ? read(innerId) : new();
        return found with
        {
            Complaint = inner ?? complaint,
            MayBeTaken = inner is null || ProviderError.IsAcceptance(item),
            IsYes = found.IsYes || YesNames.Any(name => value.Under(name) is { } said && (IsTrue(said) || IsWord(said.Text()))),
        };
    }

    /// <summary>The object that speaks of the order.</summary>
    private static (JsonElement? Found, string Why) Item(JsonElement json, string order, string[] names)
    {
        var item = json;
        for (var isWithin = false; ;)
        {
            if (item.ValueKind == JsonValueKind.Array)
            {
                if (item.GetArrayLength() != 1)
                {
                    return (null, "the answer is not a list of one");
                }

                item = item[0];
            }

            if (item.ValueKind != JsonValueKind.Object)
            {
                return (null, "the answer is not an object");
            }

            if (item.Under(names) is null && item.Under(order) is { ValueKind: JsonValueKind.Object } keyed)
            {
                return (keyed, "");
            }

            if (isWithin || item.Under(names) is not null
                || item.Under(Wrappers) is not { ValueKind: JsonValueKind.Object or JsonValueKind.Array } within || within.IsBlank())
            {
                return (item, "");
            }

            (item, isWithin) = (within, true);
        }
    }

    private static bool Try(this (JsonElement? Found, string Why) found, out JsonElement item, out string why)
    {
        (item, why) = (found.Found ?? default, found.Why);
        return found.Found is not null;
    }

    private static bool IsTrue(JsonElement said) => said.ValueKind == JsonValueKind.True;

    private static bool IsWord(string? said) => said is not null && YesWords.Contains(said.Trim(), StringComparer.OrdinalIgnoreCase);

    private static bool IsText(JsonElement? said) =>
        said is { ValueKind: JsonValueKind.String } text && !text.IsBlank() && text.Flag() is null;
}
