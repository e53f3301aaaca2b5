using System.Globalization;
using System.Text.Json;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Providers.Dispatch;

/// <summary>Words an order as a provider reads it (docs/contract.md, "Service types"): its own fields, then the route's.</summary>
internal static class OrderFields
{
    /// <summary>How much a provider is asked for.</summary>
    public static long QuantityOf(OrderRow order, RouteInUse route) =>
        ServiceType.Of(order.Type).QuantityFrom == QuantitySource.Quantity ? route.Multiplier.Asked(order.Quantity) : order.Quantity;

    /// <summary>The fields of <c>add</c>, beside key and action. A field of the order wins over the route's of the same name.</summary>
    /// <param name="order">A plain order: a run and a post's order are ones.</param>
    /// <param name="route">Where it goes.</param>
    public static List<KeyValuePair<string, string>> Of(OrderRow order, RouteInUse route)
    {
        var fields = new List<KeyValuePair<string, string>> { new("service", route.Key.UpstreamService) };
        if (order.Link is { } link)
        {
            fields.Add(new(OrderField.Link.Name, link));
        }

        // What is counted by lines is not said twice: a provider counts them itself.
        if (ServiceType.Of(order.Type).QuantityFrom == QuantitySource.Quantity)
        {
            fields.Add(new(OrderField.Quantity.Name, QuantityOf(order, route).ToString(CultureInfo.InvariantCulture)));
        }

        fields.AddRange(TextsOf(order.Details));
        fields.AddRange(TextsOf(route.Extra).Where(extra => fields.TrueForAll(field => field.Key != extra.Key)));
        return fields;
    }

    private static List<KeyValuePair<string, string>> TextsOf(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value.GetString()!))];
    }
}
