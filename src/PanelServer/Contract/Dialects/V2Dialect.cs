using System.Text.Json;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Contract.Dialects;

/// <summary>The standard wording (docs/contract.md, "Actions").</summary>
internal sealed class V2Dialect : Dialect
{
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
                WriteError(json, refusal.Text);
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
        json.WriteString("balance", answer.Balance.ToString());
        json.WriteString("currency", answer.Currency);
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

    protected override string Word(OrderStatus status) => StatusNames.Of(status);

    protected override string Word(RefillStatus status) => StatusNames.Of(status);

    private void WriteOrder(Utf8JsonWriter json, OrderView order, string currency)
    {
        json.WriteStartObject();
        json.WriteString("charge", order.Kept.ToString());
        json.WriteString("start_count", TextOf(order.StartCount));
        json.WriteString("status", Word(order.Status));
        json.WriteString("remains", TextOf(RemainsOf(order)));
        json.WriteString("currency", currency);
        WriteParent(json, order);
        json.WriteEndObject();
    }
}
