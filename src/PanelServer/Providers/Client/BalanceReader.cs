using System.Text.Json;
using PanelServer.Domain;

namespace PanelServer.Providers.Client;

/// <summary>Reads an answer to balance.</summary>
internal static class BalanceReader
{
    /// <summary>How deep a balance is looked for: in <c>data</c>, and in what that holds.</summary>
    private const int MaxDepth = 3;

    private static readonly string[] AmountNames = ["balance", "funds", "credit", "credits", "amount", "available", "value"];
    private static readonly string[] WrapperNames = ["data", "result", "response", "user", "account"];

    public static ParseResult<UpstreamBalance> Read(JsonResponse answer)
    {
        answer = answer.Mended();
        if (ParseFailure.Of(answer, out var json) is { } unread)
        {
            return unread;
        }

        if (ProviderError.Of(json) is { } complaint)
        {
            return ParseFailure.Said(answer, complaint);
        }

        if (Find(json, MaxDepth) is not var (amount, beside))
        {
            return new ParseFailure("the answer has no balance that can be read");
        }

        var (number, currency) = MoneyText.Parted(amount);
        if (WireNumber.IsAmbiguous(number, answer.Sign))
        {
            return new ParseFailure(answer.Say($"the balance {amount.Text()} may be read in two ways: its comma may stand before decimals or between thousands"))
            {
                IsAmbiguous = true,
            };
        }

        return WireNumber.Units(number, Money.Decimals, up: false, answer.Sign) is { } units
            ? new UpstreamBalance(units, StatusReader.Currency(answer, beside) ?? StatusReader.Currency(answer, json) ?? currency)
            : new ParseFailure("the answer has no balance that can be read");
    }

    /// <summary>The balance, and the object that it stands in.</summary>
    private static (JsonElement Amount, JsonElement Beside)? Find(JsonElement json, int depth)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return json.GetArrayLength() == 1 && depth > 0 ? Find(json[0], depth - 1) : null;
        }

        if (json.Under(AmountNames) is { } amount)
        {
            return amount.ValueKind == JsonValueKind.Object && depth > 0 ? Find(amount, depth - 1) : (amount, json);
        }

        return json.Under(WrapperNames) is { } within && depth > 0 ? Find(within, depth - 1) : null;
    }
}
