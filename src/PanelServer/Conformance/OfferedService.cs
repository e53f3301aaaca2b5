using System.Globalization;
using System.Text.Json;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Conformance;

/// <summary>A service as a panel sells it, read as tolerantly as the market writes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rate">The price of 1000.</param>
/// <param name="Min">The smallest quantity.</param>
/// <param name="Max">The largest quantity.</param>
/// <param name="Cancels">Orders of it can be canceled.</param>
internal sealed record OfferedService(int Id, Rate Rate, int Min, int Max, bool Cancels)
{
    /// <summary>The charge for the smallest order.</summary>
    public Money Least => Rate.For(Min).Try(out var charge, out _) ? charge : Money.Max;

    /// <summary>Whether an order of a quantity would cost more than a balance has.</summary>
    public bool IsBeyond(Money balance, long quantity) => !Rate.For(quantity).Try(out var charge, out _) || charge > balance;

    /// <summary>Every service of a type in a list that can be asked about: those that cannot be read are left out.</summary>
    public static IReadOnlyList<OfferedService> AllIn(JsonElement services, ServiceType type) =>
        [.. services.EnumerateArray().Select(item => Read(item, type)).OfType<OfferedService>()];

    private static OfferedService? Read(JsonElement item, ServiceType type) =>
        IsOf(type, TextOf(item, "type"))
        && WireText.TryId(TextOf(item, "service"), out var id)
        && Rate.TryParse(TextOf(item, "rate"), out var rate)
        && WireText.TryId(TextOf(item, "min"), out var min)
        && WireText.TryId(TextOf(item, "max"), out var max)
        && min <= max
            ? new(id, rate, min, max, TextOf(item, "cancel") is "true" or "1")
            : null;

    /// <summary>By its name, its code or its number: all three are in use.</summary>
    private static bool IsOf(ServiceType type, string name) =>
        ServiceType.Find(name) == type || name == type.WellKnown?.ToString(CultureInfo.InvariantCulture);

    private static string TextOf(JsonElement item, string name) => Values.PlainText(Values.At(item, name));
}
