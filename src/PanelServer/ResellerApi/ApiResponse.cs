using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Refills;
using PanelServer.Domain.Resellers;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>What an action means to say, before a dialect has put it into words.</summary>
internal abstract record ApiResponse
{
    /// <summary>Lets the dialect word it.</summary>
    public abstract void Write(Utf8JsonWriter json, Dialect dialect);
}

/// <summary>The call was refused as a whole.</summary>
internal sealed record Failure(Refusal Refusal) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

/// <summary>One outcome of a batch.</summary>
/// <param name="Id">What was asked for.</param>
/// <param name="Outcome">What it came to, or why not.</param>
internal readonly record struct BatchItem<T>(AskedId Id, Result<T> Outcome)
    where T : notnull;

internal sealed record OrderAccepted(int Order) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record OrderState(OrderView Order, string Currency) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record OrderStates(IReadOnlyList<BatchItem<OrderView>> Orders, string Currency) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record RefillAccepted(int Refill) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record RefillsAccepted(IReadOnlyList<BatchItem<int>> Orders) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record RefillState(int Refill, RefillStatus Status) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record RefillStates(IReadOnlyList<BatchItem<RefillStatus>> Refills) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record CancelsTaken(IReadOnlyList<BatchItem<bool>> Orders) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

internal sealed record BalanceState(Money Balance, string Currency) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

/// <summary>The catalogue at a reseller's prices.</summary>
/// <param name="Services">What is listed, in order.</param>
/// <param name="Prices">What this reseller pays.</param>
/// <param name="ShowDripfeed">Whether to say which can be split into runs.</param>
internal sealed record ServiceList(IReadOnlyList<Service> Services, PriceList Prices, bool ShowDripfeed) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => dialect.Write(json, this);
}

/// <summary>An answer that was given before, byte for byte.</summary>
internal sealed record ReplayedAnswer(byte[] Bytes) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => json.WriteRawValue(Bytes, skipInputValidation: true);
}

/// <summary>The catalogue, to be sent as it was rendered for all who see the same.</summary>
internal sealed record CatalogueAnswer(PricedCatalogue Catalogue) : ApiResponse
{
    public override void Write(Utf8JsonWriter json, Dialect dialect) => Catalogue.List.Write(json, dialect);
}
