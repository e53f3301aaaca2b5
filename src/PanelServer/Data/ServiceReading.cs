using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Refills;

namespace PanelServer.Data;

/// <summary>Services between their rows and the domain.</summary>
internal static class ServiceReading
{
    /// <summary>The service of a row.</summary>
    public static Service Of(ServiceRow row) => new()
    {
        Id = row.Id,
        Position = row.Position,
        Enabled = row.Enabled,
        Type = ServiceType.Of(row.Type),
        Category = row.Category,
        Name = row.Name,
        Description = row.Description,
        Rate = row.Rate,
        Min = row.Min,
        Max = row.Max,
        Dripfeed = row.Dripfeed,
        Refill = row.RefillDays is { } days ? new RefillWindow(days, row.RefillHours, row.RefillTimes) : null,
        Cancel = row.Cancel,
        LinkRule = RuleOf(row.LinkRule),
        DenyDuplicates = row.DenyDuplicates,
    };

    /// <summary>The row of a service.</summary>
    public static ServiceRow RowOf(Service service) => new()
    {
        Id = service.Id,
        Position = service.Position,
        Enabled = service.Enabled,
        Type = service.Type.Id,
        Category = service.Category,
        Name = service.Name,
        Description = service.Description,
        Rate = service.Rate,
        Min = service.Min,
        Max = service.Max,
        Dripfeed = service.Dripfeed,
        RefillDays = service.Refill?.Days,
        RefillHours = service.Refill?.HoursBetween ?? RefillWindow.DefaultHoursBetween,
        RefillTimes = service.Refill?.Times,
        Cancel = service.Cancel,
        LinkRule = service.LinkRule.Text,
        DenyDuplicates = service.DenyDuplicates,
    };

    /// <summary>The link rule that a stored text is.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static LinkRule RuleOf(string text) =>
        LinkRule.Parse(text) ?? throw new InvalidOperationException($"a stored link rule is not one: {text}");
}
