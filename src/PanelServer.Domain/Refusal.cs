using System.Globalization;

namespace PanelServer.Domain;

/// <summary>
/// A refusal that the contract knows: the text a reseller reads and the stable code that goes into <c>X-Error-Code</c>
/// (docs/contract.md, "Errors").
/// </summary>
/// <param name="Code">The stable code, for programs.</param>
/// <param name="Text">The text, worded as this market words it.</param>
public sealed record Refusal(string Code, string Text)
{
    /// <summary>When it is worth trying again, in seconds; null when waiting does not help.</summary>
    public int? RetryAfterSeconds { get; private init; }

    public static readonly Refusal NotFound = new("not_found", "Not found");
    public static readonly Refusal MethodNotAllowed = new("method_not_allowed", "Method not allowed");

    /// <summary>An action that GET may not ask for; worded like an unknown one, which is what older clients know.</summary>
    public static readonly Refusal NotOverGet = new("method_not_allowed", "Incorrect request");

    public static readonly Refusal TooLarge = new("too_large", "Request too large");
    public static readonly Refusal IncorrectRequest = new("incorrect_request", "Incorrect request");
    public static readonly Refusal InvalidKey = new("invalid_key", "Invalid API key");
    public static readonly Refusal AccountSuspended = new("account_suspended", "Account suspended");
    public static readonly Refusal RateLimited = new("rate_limited", "Rate limit exceeded") { RetryAfterSeconds = 1 };

    /// <summary>An address that called with wrong keys too often; its mistakes are counted by the minute.</summary>
    public static readonly Refusal GuessedTooOften = RateLimited with { RetryAfterSeconds = 60 };

    public static readonly Refusal RequestIdConflict =
        new("request_id_conflict", "Request ID was used with other parameters");
    public static readonly Refusal IncorrectService = new("incorrect_service", "Incorrect service ID");
    public static readonly Refusal IncorrectLink = new("incorrect_link", "Incorrect link");
    public static readonly Refusal DripfeedNotSupported =
        new("dripfeed_not_supported", "Dripfeed is not supported by this service");
    public static readonly Refusal ActiveOrderWithLink = new(
        "active_order_with_link",
        "You have active order with this link. Please wait until order being completed.");
    public static readonly Refusal NotEnoughFunds = new("not_enough_funds", "Not enough funds on balance");
    public static readonly Refusal IncorrectOrder = new("incorrect_order", "Incorrect order ID");
    public static readonly Refusal RefillNotFound = new("refill_not_found", "Refill not found");
    public static readonly Refusal RefillNotAvailable = new("refill_not_available", "Refill not available");
    public static readonly Refusal CancelNotAvailable = new("cancel_not_available", "Order cannot be canceled");
    public static readonly Refusal TooManyIds = new("too_many_ids", "Too many IDs, up to 100 are allowed");
    public static readonly Refusal Unavailable = new("unavailable", "Service unavailable") { RetryAfterSeconds = 1 };
    public static readonly Refusal Internal = new("internal", "Internal error");

    /// <summary>A needed field is missing or malformed.</summary>
    /// <param name="field">The field's name on the wire.</param>
    public static Refusal IncorrectField(string field) => new("incorrect_field", $"Incorrect {field}");

    public static Refusal QuantityBelow(int min) =>
        new("quantity_min", string.Create(CultureInfo.InvariantCulture, $"Quantity less than minimal {min}"));

    public static Refusal QuantityAbove(int max) =>
        new("quantity_max", string.Create(CultureInfo.InvariantCulture, $"Quantity more than maximum {max}"));
}
