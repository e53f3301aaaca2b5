using System.Collections.Frozen;
using System.Globalization;

namespace PanelServer.Domain;

/// <summary>The contract's texts of its refusals, to the letter (docs/contract.md, "Errors").</summary>
public static class ContractTexts
{
    /// <summary>By code; what a text names stands as <c>{0}</c>.</summary>
    public static readonly FrozenDictionary<string, string> Table = new Dictionary<string, string>
    {
        ["not_found"] = "Not found",
        ["method_not_allowed"] = "Method not allowed",
        ["method_not_allowed.over_get"] = "Incorrect request",
        ["too_large"] = "Request too large",
        ["incorrect_request"] = "Incorrect request",
        ["invalid_key"] = "Invalid API key",
        ["account_suspended"] = "Account suspended",
        ["rate_limited"] = "Rate limit exceeded",
        ["request_id_conflict"] = "Request ID was used with other parameters",
        ["incorrect_service"] = "Incorrect service ID",
        ["incorrect_link"] = "Incorrect link",
        ["dripfeed_not_supported"] = "Dripfeed is not supported by this service",
        ["active_order_with_link"] = "You have active order with this link. Please wait until order being completed.",
        ["not_enough_funds"] = "Not enough funds on balance",
        ["incorrect_order"] = "Incorrect order ID",
        ["refill_not_found"] = "Refill not found",
        ["refill_not_available"] = "Refill not available",
        ["cancel_not_available"] = "Order cannot be canceled",
        ["too_many_ids"] = "Too many IDs, up to 100 are allowed",
        ["unavailable"] = "Service unavailable",
        ["internal"] = "Internal error",
        ["incorrect_field"] = "Incorrect {0}",
        ["quantity_min"] = "Quantity less than minimal {0}",
        ["quantity_max"] = "Quantity more than maximum {0}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A refusal of the contract in its words.</summary>
    public static string Of(Refusal refusal) =>
        refusal.Args.Length == 0 ? Table[refusal.Code] : string.Format(CultureInfo.InvariantCulture, Table[refusal.Code], refusal.Args);
}
