using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.ResellerApi.Dialects;

/// <summary>The standard wording (docs/contract.md, "Actions").</summary>
internal sealed class V2Dialect : Dialect
{
    // What is said all day is encoded once.
    private static readonly JsonEncodedText Charge = JsonEncodedText.Encode("charge");
    private static readonly JsonEncodedText StartCount = JsonEncodedText.Encode("start_count");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Remains = JsonEncodedText.Encode("remains");
    private static readonly JsonEncodedText Currency = JsonEncodedText.Encode("currency");
    private static readonly JsonEncodedText Balance = JsonEncodedText.Encode("balance");

    private static readonly JsonEncodedText[] Words =
        [.. Enum.GetValues<OrderStatus>().Select(status => JsonEncodedText.Encode(StatusNames.Of(status)))];

    public override string Name => "v2";

    public override void Write(Utf8JsonWriter json, OrderAccepted answer)
    {
        json.WriteStartObject();
        json.WriteNumber("order", answer.Order);
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, OrderState answer) => WriteOrder(json, answer.Order, answer.Currency);

    public override void Write(Utf8JsonWriter json, OrderStates answer)
    {
        json.WriteStartObject();
        foreach (var (id, outcome) in answer.Orders)
        {
            json.WritePropertyName(id.Text);
            if (outcome.Try(out var order, out var refusal))
            {
                WriteOrder(json, order, answer.Currency);
            }
            else
            {
                WriteError(json, ContractTexts.Of(refusal));
            }
        }

        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, RefillAccepted answer)
    {
        json.WriteStartObject();
        json.WriteString("refill", TextOf(answer.Refill));
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, RefillState answer)
    {
        json.WriteStartObject();
        json.WriteString("status", Word(answer.Status));
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, BalanceState answer)
    {
        json.WriteStartObject();
        WriteText(json, Balance, answer.Balance);
        json.WriteString(Currency, answer.Currency);
        json.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter json, ServiceList answer)
    {
        json.WriteStartArray();
        foreach (var service in answer.Services)
        {
            json.WriteStartObject();
            json.WriteNumber("service", service.Id);
            json.WriteString("name", service.Name);
            json.WriteString("type", service.Type.Name);
            json.WriteString("category", service.Category);
            json.WriteString("rate", answer.Prices.RateOf(service).ToString());
            json.WriteString("min", TextOf(service.Min));
            json.WriteString("max", TextOf(service.Max));
            if (answer.ShowDripfeed)
            {
                json.WriteBoolean("dripfeed", service.Dripfeed);
            }

            json.WriteBoolean("refill", service.Refill is not null);
            json.WriteBoolean("cancel", service.Cancel);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    protected override string Word(RefillStatus status) => StatusNames.Of(status);

    private static void WriteOrder(Utf8JsonWriter json, OrderView order, string currency)
    {
        json.WriteStartObject();
        WriteText(json, Charge, order.Kept);
        WriteText(json, StartCount, order.StartCount);
        json.WriteString(Status, Words[(int)order.Status]);
        WriteText(json, Remains, RemainsOf(order));
        json.WriteString(Currency, currency);
        WriteParent(json, order);
        json.WriteEndObject();
    }
}
