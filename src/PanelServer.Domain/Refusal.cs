namespace PanelServer.Domain;

/// <summary>
/// An expected no, as data. Those that the contract knows are named here (docs/contract.md, "Errors"); their texts are
/// <see cref="ContractTexts"/>.
/// </summary>
/// <param name="Code">The meaning; one for each.</param>
/// <param name="Args">What the text names.</param>
public sealed record Refusal(string Code, params object?[] Args) : Phrase(Code, Args)
{
    /// <summary>What programs are told: the code up to its point, which stays the same when a further meaning joins.</summary>
    public string Family => Code.IndexOf('.', StringComparison.Ordinal) is var point and > 0 ? Code[..point] : Code;

    /// <summary>When it is worth trying again, in seconds; null when waiting does not help.</summary>
    public int? RetryAfterSeconds { get; private init; }

    public static readonly Refusal NotFound = new("not_found");
    public static readonly Refusal MethodNotAllowed = new("method_not_allowed");

    /// <summary>An action that GET may not ask for; worded like an unknown one, which is what older clients know.</summary>
    public static readonly Refusal NotOverGet = new("method_not_allowed.over_get");

    public static readonly Refusal TooLarge = new("too_large");
    public static readonly Refusal IncorrectRequest = new("incorrect_request");
    public static readonly Refusal InvalidKey = new("invalid_key");
    public static readonly Refusal AccountSuspended = new("account_suspended");
    public static readonly Refusal RateLimited = new("rate_limited") { RetryAfterSeconds = 1 };

    /// <summary>An address that called with wrong keys too often; its mistakes are counted by the minute.</summary>
    public static readonly Refusal GuessedTooOften = RateLimited with { RetryAfterSeconds = 60 };

    public static readonly Refusal RequestIdConflict = new("request_id_conflict");
    public static readonly Refusal IncorrectService = new("incorrect_service");
    public static readonly Refusal IncorrectLink = new("incorrect_link");
    public static readonly Refusal DripfeedNotSupported = new("dripfeed_not_supported");
    public static readonly Refusal ActiveOrderWithLink = new("active_order_with_link");
    public static readonly Refusal NotEnoughFunds = new("not_enough_funds");
    public static readonly Refusal IncorrectOrder = new("incorrect_order");
    public static readonly Refusal RefillNotFound = new("refill_not_found");
    public static readonly Refusal RefillNotAvailable = new("refill_not_available");
    public static readonly Refusal CancelNotAvailable = new("cancel_not_available");
    public static readonly Refusal TooManyIds = new("too_many_ids");
    public static readonly Refusal Unavailable = new("unavailable") { RetryAfterSeconds = 1 };
    public static readonly Refusal Internal = new("internal");

    /// <summary>A needed field is missing or malformed.</summary>
    /// <param name="field">The field's name on the wire.</param>
    public static Refusal IncorrectField(string field) => new("incorrect_field", field);

    public static Refusal QuantityBelow(int min) => new("quantity_min", min);

    public static Refusal QuantityAbove(int max) => new("quantity_max", max);
}
