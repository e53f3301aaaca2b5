using PanelServer.Data.Entities;

namespace PanelServer.Providers.Catalogue;

/// <summary>Routes as values: copied to be changed, and compared.</summary>
internal static class RouteCopy
{
    public static RouteRow Of(RouteRow row) => new()
    {
        Id = row.Id,
        ServiceId = row.ServiceId,
        ProviderId = row.ProviderId,
        UpstreamService = row.UpstreamService,
        Priority = row.Priority,
        Enabled = row.Enabled,
        Lock = row.Lock,
        Multiplier = row.Multiplier,
        Extra = row.Extra,
        Cost = row.Cost,
        UpstreamMin = row.UpstreamMin,
        UpstreamMax = row.UpstreamMax,
        UpstreamName = row.UpstreamName,
        UpstreamCategory = row.UpstreamCategory,
        SyncedRate = row.SyncedRate,
        SeenCost = row.SeenCost,
        SeenAt = row.SeenAt,
        ListedCost = row.ListedCost,
        AcceptedCost = row.AcceptedCost,
        MissedAt = row.MissedAt,
        CreatedAt = row.CreatedAt,
    };

    public static bool Same(RouteRow one, RouteRow other) => Parts(one).Equals(Parts(other));

    private static object Parts(RouteRow row) => (
        (row.Id, row.ServiceId, row.ProviderId, row.UpstreamService, row.Priority, row.Enabled, row.Lock, row.Multiplier),
        (row.Extra, row.Cost, row.UpstreamMin, row.UpstreamMax, row.UpstreamName, row.UpstreamCategory, row.SyncedRate),
        (row.SeenCost, row.SeenAt, row.ListedCost, row.AcceptedCost, row.MissedAt));
}
