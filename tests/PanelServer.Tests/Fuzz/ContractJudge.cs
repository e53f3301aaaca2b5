using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Fuzz;

/// <summary>Says what is wrong with an answer that is not one the contract allows, whatever was asked.</summary>
internal static partial class ContractJudge
{
    private static readonly TimeSpan Longest = Patience.Seconds(10);

    private static readonly Dictionary<string, (int Status, string Code)> Texts = new()
    {
        ["Not found"] = (404, "not_found"),
        ["Method not allowed"] = (405, "method_not_allowed"),
        ["Request too large"] = (413, "too_large"),
        ["Incorrect request"] = (200, "incorrect_request"),
        ["Invalid API key"] = (200, "invalid_key"),
        ["Account suspended"] = (200, "account_suspended"),
        ["Rate limit exceeded"] = (429, "rate_limited"),
        ["Request ID was used with other parameters"] = (200, "request_id_conflict"),
        ["Incorrect service ID"] = (200, "incorrect_service"),
        ["Incorrect link"] = (200, "incorrect_link"),
        ["Dripfeed is not supported by this service"] = (200, "dripfeed_not_supported"),
        ["You have active order with this link. Please wait until order being completed."] =
            (200, "active_order_with_link"),
        ["Not enough funds on balance"] = (200, "not_enough_funds"),
        ["Incorrect order ID"] = (200, "incorrect_order"),
        ["Refill not found"] = (200, "refill_not_found"),
        ["Refill not available"] = (200, "refill_not_available"),
        ["Order cannot be canceled"] = (200, "cancel_not_available"),
        ["Too many IDs, up to 100 are allowed"] = (200, "too_many_ids"),
    };

    /// <summary>What is wrong, or nothing.</summary>
    public static string? Judge(string action, WireAnswer answer) =>
        Transport(answer) ?? Body(answer) ?? (answer.Error is { } error
            ? Refusal(error, answer)
            : Success(action, answer));

    private static string? Transport(WireAnswer answer) => answer switch
    {
        { Status: not (200 or 404 or 405 or 413 or 429) } => $"status {answer.Status}",
        { ContentType: not "application/json" } => $"content type {answer.ContentType}",
        _ when answer.Took > Longest => "too slow",
        _ when Leaks().IsMatch(answer.Body) => "words of an exception",
        _ => null,
    };

    private static string? Body(WireAnswer answer)
    {
        try
        {
            return answer.Json is JsonObject or JsonArray ? null : "neither an object nor an array";
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }

    private static string? Refusal(string text, WireAnswer answer)
    {
        if (answer.Json is not JsonObject { Count: 1 })
        {
            return "an error with other members beside it";
        }

        var known = Texts.TryGetValue(text, out var exact) ? exact : Worded(text);
        return known switch
        {
            (0, _) => $"a text the contract does not know: {text}",
            var (status, code) when status != answer.Status || code != answer.ErrorCode =>
                $"{text} as {answer.Status} [{answer.ErrorCode}], not {status} [{code}]",
            (429, _) when answer.RetryAfter is null => "429 without Retry-After",
            _ => null,
        };
    }

    private static (int Status, string Code) Worded(string text) => text switch
    {
        _ when Field().IsMatch(text) => (200, "incorrect_field"),
        _ when TooFew().IsMatch(text) => (200, "quantity_min"),
        _ when TooMany().IsMatch(text) => (200, "quantity_max"),
        _ => default,
    };

    private static string? Success(string action, WireAnswer answer) => answer switch
    {
        { ErrorCode: not null } => "an error code on a success",
        { Status: not 200 } => $"a success as {answer.Status}",
        _ when NullOutsideExpiry().IsMatch(answer.Body) => "a null",
        _ => Shape(action.ToLowerInvariant(), answer.Json!),
    };

    private static string? Shape(string action, JsonNode json) => (action, json) switch
    {
        ("services" or "cancel", JsonArray) => null,
        ("add", JsonObject added) => added["order"]?.GetValueKind() == JsonValueKind.Number ? null : "no order id",
        ("balance", JsonObject money) => Text(money, "balance", "currency"),
        ("status" or "orders" or "multi_status" or "statuses", JsonObject state) => States(state),
        ("refill", JsonObject refill) => Text(refill, "refill"),
        ("refill" or "refill_status", JsonArray) => null,
        ("refill_status", JsonObject state) => Text(state, "status"),
        ("?", _) => null,
        _ => $"not the shape of {action}",
    };

    private static string? States(JsonObject state) => state.ContainsKey("charge")
        ? Text(state, "charge", "start_count", "status", "remains")
        : state.Select(member => member.Value switch
        {
            JsonObject item when item.ContainsKey("error") => item.Count == 1 ? null : "an item error with more",
            JsonObject item => Text(item, "charge", "start_count", "status", "remains"),
            JsonValue plain when plain.GetValueKind() == JsonValueKind.String => null,
            _ => $"state of {member.Key}",
        }).FirstOrDefault(finding => finding is not null);

    private static string? Text(JsonObject json, params string[] names) =>
        names.FirstOrDefault(name => json[name]?.GetValueKind() != JsonValueKind.String) is { } wrong
            ? $"{wrong} is no string"
            : null;

    [GeneratedRegex(@"Exception|StackTrace|\n\s+at |System\.|Microsoft\.|SQLite|\.cs:line", RegexOptions.IgnoreCase)]
    private static partial Regex Leaks();

    [GeneratedRegex("^Incorrect [a-z][a-z_]*$")]
    private static partial Regex Field();

    [GeneratedRegex("^Quantity less than minimal [0-9]+$")]
    private static partial Regex TooFew();

    [GeneratedRegex("^Quantity more than maximum [0-9]+$")]
    private static partial Regex TooMany();

    [GeneratedRegex("""(?<!"expiry"):null""")]
    private static partial Regex NullOutsideExpiry();
}
