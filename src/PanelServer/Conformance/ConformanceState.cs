using System.Text.Json;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Conformance;

/// <summary>What a judgement has been told, and what it learns from the panel on its way; later calls are made of it.</summary>
internal sealed class ConformanceState(ConformanceOptions options, string tag)
{
    /// <summary>A name that no other judgement has, so that its orders are its own.</summary>
    public string Tag => tag;

    /// <summary>What orders are for.</summary>
    public string Link => options.Link ?? $"https://example.com/conform-{tag}";

    /// <summary>The list of services could be read.</summary>
    public bool KnowsServices { get; private set; }

    /// <summary>The service that is asked about and ordered; null when none fits.</summary>
    public OfferedService? Service { get; private set; }

    /// <summary>A service of type Subscriptions, to ask about alone; null when there is none.</summary>
    public OfferedService? Subscription { get; private set; }

    /// <summary>Why the service that was wished for cannot be had; null when it can.</summary>
    public string? NoService { get; private set; }

    /// <summary>The balance before anything was ordered; null when it could not be read.</summary>
    public Money? BalanceBefore { get; set; }

    /// <summary>What the panel says the order has cost.</summary>
    public Money? Charge { get; set; }

    /// <summary>The order that was placed.</summary>
    public int? Order { get; set; }

    /// <summary>The order that a panel without idempotency keys makes of a repeated call.</summary>
    public int? Repeated { get; set; }

    /// <summary>Every order that was placed.</summary>
    public IReadOnlyList<int> Placed => [.. new[] { Order, Repeated }.OfType<int>()];

    /// <summary>Chooses the service, out of what the panel sells.</summary>
    public void Choose(JsonElement services)
    {
        var fitting = OfferedService.AllIn(services, ServiceType.Default);
        Subscription = OfferedService.AllIn(services, ServiceType.Subscriptions) is [var first, ..] ? first : null;
        KnowsServices = true;
        Service = options.Service is { } id
            ? fitting.FirstOrDefault(service => service.Id == id)
            : fitting.OrderBy(service => service.Cancels ? 0 : 1).ThenBy(service => service.Least).FirstOrDefault();
        NoService = (Service, options.Service) switch
        {
            (not null, _) => null,
            (null, { } named) => $"the panel sells no service {named} of type Default with a rate, a min and a max; choose another with --service",
            (null, null) when options.Orders => "the panel sells no service of type Default that could be ordered; judge it without --orders",
            _ => null,
        };
    }
}
