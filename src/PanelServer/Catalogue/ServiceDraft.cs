using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Refills;

namespace PanelServer.Catalogue;

/// <summary>A service as an operator writes it: texts, not yet checked. Null keeps what an edited service has.</summary>
internal sealed record ServiceDraft
{
    public string? Type { get; init; }
    public string? Category { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Rate { get; init; }
    public int? Min { get; init; }
    public int? Max { get; init; }
    public bool? Dripfeed { get; init; }

    /// <summary>Days a refill is offered after completion; 0 offers none.</summary>
    public int? RefillDays { get; init; }

    /// <summary>Hours since completion or the last refill before one may be asked for.</summary>
    public int? RefillHours { get; init; }

    /// <summary>Refills of one order at the most; 0 = as often as the days allow.</summary>
    public int? RefillTimes { get; init; }

    public bool? Cancel { get; init; }
    public string? LinkRule { get; init; }
    public bool? DenyDuplicates { get; init; }

    /// <summary>The draft laid over a service, to be validated and kept.</summary>
    public Service Over(Service service) => service with
    {
        Type = Type is null ? service.Type : ServiceType.Find(Type)!,
        Category = Category?.Trim() ?? service.Category,
        Name = Name?.Trim() ?? service.Name,
        Description = Description?.Trim() ?? service.Description,
        Rate = Rate is not null && Domain.Rate.TryParse(Rate, out var rate) ? rate : service.Rate,
        Min = Min ?? service.Min,
        Max = Max ?? service.Max,
        Dripfeed = Dripfeed ?? service.Dripfeed,
        Refill = RefillOver(service.Refill),
        Cancel = Cancel ?? service.Cancel,
        LinkRule = LinkRule is null ? service.LinkRule : Domain.Catalogue.LinkRule.Parse(LinkRule)!,
        DenyDuplicates = DenyDuplicates ?? service.DenyDuplicates,
    };

    private RefillWindow? RefillOver(RefillWindow? policy)
    {
        var days = RefillDays ?? policy?.Days ?? 0;
        return days == 0
            ? null
            : new(
                days,
                RefillHours ?? policy?.HoursBetween ?? RefillWindow.DefaultHoursBetween,
                RefillTimes is null ? policy?.Times : RefillTimes == 0 ? null : RefillTimes);
    }
}
