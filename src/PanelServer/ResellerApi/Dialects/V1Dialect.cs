using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.ResellerApi.Dialects;

/// <summary>The older wording, with four decimals and states in lower case (docs/contract.md, "The v1 dialect").</summary>
internal sealed class V1Dialect : Dialect
{
    /// <summary>Ledger units in the last of its four decimals.</summary>
    private const int UnitsPerDigit = 10;

    private const string Success = "success";

    public override string Name => "v1";

    public override void Write(Utf8JsonWriter json, OrderAccepted answer)
    {
        json.WriteStartObject();
        json.WriteString("status", Success);
        json.WriteNumber("order", answer.Order);
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, OrderState answer) => WriteOrder(json, answer.Order);

    public override void Write(Utf8JsonWriter json, OrderStates answer)
    {
        json.WriteStartObject();
        foreach (var (id, outcome) in answer.Orders)
        {
            json.WritePropertyName(id.Text);
            if (outcome.Try(out var order, out var refusal))
            {
                WriteOrder(json, order);
            }
            else
            {
                json.WriteStringValue(ContractTexts.Of(refusal));
            }
        }

        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, RefillAccepted answer)
    {
        json.WriteStartObject();
        json.WriteString("status", Success);
        json.WriteString("refill", TextOf(answer.Refill));
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, RefillState answer)
    {
        json.WriteStartObject();
        json.WriteString("refill", TextOf(answer.Refill));
        json.WriteString("status", Word(answer.Status));
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, BalanceState answer)
    {
        var fourDecimals = FourDecimals(RoundedDown(answer.Balance));
        var twoOrMore = fourDecimals[..^2] + fourDecimals[^2..].TrimEnd('0');
        json.WriteStartObject();
        json.WriteString("status", Success);
        json.WriteString("balance", twoOrMore);
        json.WriteString("currency", answer.Currency);
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, ServiceList answer)
    {
        json.WriteStartArray();
        foreach (var service in answer.Services)
        {
            json.WriteStartObject();
            json.WriteString("service", TextOf(service.Id));
            json.WriteString("name", service.Name);
            json.WriteString("category", service.Category);
            json.WriteString("rate", answer.Prices.RateOf(service).ToString());
            json.WriteString("min", TextOf(service.Min));
            json.WriteString("max", TextOf(service.Max));
            json.WriteString("type", service.Type.Code);
            json.WriteString("desc", service.Description);
            if (answer.ShowDripfeed)
            {
                json.WriteNumber("dripfeed", service.Dripfeed ? 1 : 0);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(OrderStatus status) => StatusNames.Of(status).ToLowerInvariant();

    protected override string Word(RefillStatus status) => StatusNames.Of(status).ToLowerInvariant();

    private static void WriteOrder(Utf8JsonWriter json, OrderView order)
    {
        // A pending order shows nothing remaining, as this wording was published.
        var remains = order.Status == OrderStatus.Pending ? 0 : RemainsOf(order);
        json.WriteStartObject();
        json.WriteString("order", TextOf(order.Id));
        json.WriteString("status", Word(order.Status));
        json.WriteString("charge", FourDecimals(RoundedUp(order.Kept)));
        json.WriteString("start_count", TextOf(order.StartCount));
        json.WriteString("remains", TextOf(remains));
        WriteParent(json, order);
        json.WriteEndObject();
    }

    private static Money RoundedUp(Money money) => -RoundedDown(-money);

    private static Money RoundedDown(Money money) =>
        new(money.Units - (((money.Units % UnitsPerDigit) + UnitsPerDigit) % UnitsPerDigit));

    private static string FourDecimals(Money money) => money.ToString()[..^1];
}
