using FluentValidation;
using PanelServer.Domain;
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

/// <summary>What a draft may say, one clear line for each thing that is wrong.</summary>
internal sealed class ServiceDraftValidator : AbstractValidator<ServiceDraft>
{
    public ServiceDraftValidator()
    {
        RuleFor(draft => draft.Type)
            .Must(type => type is null || ServiceType.Find(type) is not null)
            .WithMessage(draft => $"type {draft.Type} is not one of: {string.Join(", ", ServiceType.All.Select(type => type.Name))}");
        RuleFor(draft => draft.Category).Must(IsText).WithMessage(draft => Text("category", draft.Category));
        RuleFor(draft => draft.Name).Must(IsText).WithMessage(draft => Text("name", draft.Name));
        RuleFor(draft => draft.Description)
            .MaximumLength(Limits.TextLength)
            .WithMessage($"a description has at most {Limits.TextLength} characters")
            .Must(AreLines)
            .WithMessage("a description holds no characters that turn or hide text");
        RuleFor(draft => draft.Rate)
            .Must(rate => rate is null || Rate.TryParse(rate, out _))
            .WithMessage(draft => $"rate {draft.Rate} is not a price: 0 to {Rate.Max}, at most {Rate.Decimals} decimals");
        RuleFor(draft => draft.Min).GreaterThanOrEqualTo(1).WithMessage(draft => $"min {draft.Min} is below 1");
        RuleFor(draft => draft.Max).GreaterThanOrEqualTo(1).WithMessage(draft => $"max {draft.Max} is below 1");
        RuleFor(draft => draft.RefillDays)
            .InclusiveBetween(0, Limits.RefillDays)
            .WithMessage(draft => $"refill {draft.RefillDays} is not within 0 and {Limits.RefillDays} days");
        RuleFor(draft => draft.RefillHours)
            .InclusiveBetween(0, Limits.RefillDays * 24)
            .WithMessage(draft => $"refill hours {draft.RefillHours} are not within 0 and {Limits.RefillDays * 24}");
        RuleFor(draft => draft.RefillTimes)
            .InclusiveBetween(0, Limits.RefillDays)
            .WithMessage(draft => $"refill times {draft.RefillTimes} are not within 0 and {Limits.RefillDays}");
        RuleFor(draft => draft.LinkRule)
            .Must(rule => rule is null || LinkRule.Parse(rule) is not null)
            .WithMessage(draft => $"link rule {draft.LinkRule} is not one of: Any, Url, Host:example.com,example.org");
    }

    private static bool IsText(string? text) => text is null || WireText.IsLine(text.Trim(), Limits.TextLength, Joiners.WhereTheyJoin);

    private static string Text(string field, string? text) =>
        $"a {field} is one line of 1 to {Limits.TextLength} characters{HiddenCharacters.Told(text ?? "", Joiners.WhereTheyJoin)}";

    /// <summary>Lines of a description, without what turns or hides text.</summary>
    private static bool AreLines(string? text) =>
        text is null || text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').All(line => HiddenCharacters.Told(line, Joiners.WhereTheyJoin).Length == 0);
}

/// <summary>What must hold between the parts of a service, whether it is new, edited or imported.</summary>
internal sealed class ServiceValidator : AbstractValidator<Service>
{
    public ServiceValidator()
    {
        RuleFor(service => service.Max)
            .Must((service, max) => max >= service.Min)
            .WithMessage(service => $"max {service.Max} is below min {service.Min}");
        RuleFor(service => service.Dripfeed)
            .Must((service, drip) => !drip || service.Type.MayDrip)
            .WithMessage(service => $"a service of type {service.Type.Name} cannot be split into runs");
    }
}
