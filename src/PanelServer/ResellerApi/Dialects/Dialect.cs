using System.Globalization;
using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Refills;
using PanelServer.Domain.Subscriptions;

namespace PanelServer.ResellerApi.Dialects;

/// <summary>One published wording of the contract. A new answer does not compile until every dialect can say it.</summary>
internal abstract class Dialect
{
    public static readonly Dialect V2 = new V2Dialect();
    public static readonly Dialect V1 = new V1Dialect();

    private const int MaxNumber = 20;

    /// <summary>The name it goes by, part of a idempotency key's fingerprint.</summary>
    public abstract string Name { get; }

    public virtual void Write(Utf8JsonWriter json, Failure answer) => WriteError(json, ContractTexts.Of(answer.Refusal));

    public abstract void Write(Utf8JsonWriter json, OrderAccepted answer);

    public abstract void Write(Utf8JsonWriter json, OrderState answer);

    public abstract void Write(Utf8JsonWriter json, OrderStates answer);

    public abstract void Write(Utf8JsonWriter json, RefillAccepted answer);

    public abstract void Write(Utf8JsonWriter json, RefillState answer);

    public abstract void Write(Utf8JsonWriter json, BalanceState answer);

    public abstract void Write(Utf8JsonWriter json, ServiceList answer);

    // Both published wordings of these are the same but for the words of the states.

    public virtual void Write(Utf8JsonWriter json, RefillsAccepted answer) =>
        WriteItems(json, answer.Orders, "order", "refill", json.WriteNumberValue);

    public virtual void Write(Utf8JsonWriter json, RefillStates answer) =>
        WriteItems(json, answer.Refills, "refill", "status", status => json.WriteStringValue(Word(status)));

    public virtual void Write(Utf8JsonWriter json, CancelsTaken answer) =>
        WriteItems(json, answer.Orders, "order", "cancel", _ => json.WriteNumberValue(1));

    /// <summary>The word for a refill's state.</summary>
    protected abstract string Word(RefillStatus status);

    protected static void WriteError(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("error", text);
        json.WriteEndObject();
    }

    /// <summary>Writes a number as the text it is on this wire.</summary>
    protected static void WriteText(Utf8JsonWriter json, JsonEncodedText name, long number)
    {
        Span<byte> digits = stackalloc byte[MaxNumber];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..length]);
    }

    /// <summary>Writes an amount as the text it is on this wire, in its five decimals.</summary>
    protected static void WriteText(Utf8JsonWriter json, JsonEncodedText name, Money amount)
    {
        Span<byte> text = stackalloc byte[Money.MaxText];
        json.WriteString(name, text[..amount.Format(text)]);
    }

    protected static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a drip-feed or subscription parent says beyond an order's own keys.</summary>
    protected static void WriteParent(Utf8JsonWriter json, OrderView order)
    {
        if (order.Subscription is { } subscription)
        {
            var expiry = subscription.ExpiresAt is { } end
                ? SubscriptionPlan.LastDayOf(end).ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture)
                : null;
            json.WriteString("expiry", expiry);
            json.WriteString("posts", TextOf(subscription.PostsDone));
        }
        else if (order.Runs is { } runs)
        {
            json.WriteString("runs", TextOf(runs));
        }
        else
        {
            return;
        }

        json.WriteStartArray("orders");
        foreach (var child in order.Children)
        {
            json.WriteStringValue(TextOf(child));
        }

        json.WriteEndArray();
    }

    /// <summary>What remains: of a subscription the posts to come, 0 when they have no end.</summary>
    protected static long RemainsOf(OrderView order) => order.Subscription switch
    {
        null => order.Remains,
        { Posts: null } => 0,
        { } subscription => Math.Max(0L, (long)subscription.Posts + subscription.OldPosts - subscription.PostsDone),
    };

    private static void WriteItems<T>(
        Utf8JsonWriter json,
        IReadOnlyList<BatchItem<T>> items,
        string idName,
        string outcomeName,
        Action<T> write)
        where T : notnull
    {
        json.WriteStartArray();
        foreach (var (id, outcome) in items)
        {
            json.WriteStartObject();
            if (id.Number is { } number)
            {
                json.WriteNumber(idName, number);
            }
            else
            {
                json.WriteString(idName, id.Text);
            }

            json.WritePropertyName(outcomeName);
            if (outcome.Try(out var value, out var refusal))
            {
                write(value);
            }
            else
            {
                WriteError(json, ContractTexts.Of(refusal));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
