using FluentValidation;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Catalogue;

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

/// <summary>Lays drafts over services, as far as both are right.</summary>
internal sealed class ServiceDrafts(IValidator<ServiceDraft> drafts, IValidator<Service> services)
{
    private const string Code = "incorrect_service";

    /// <summary>What is wrong with a draft, and with the service it makes; null when nothing is.</summary>
    public Refusal? Wrong(ServiceDraft draft, Service over, out Service service)
    {
        service = over;
        if (drafts.Refuse(draft, Code) is { } wrong)
        {
            return wrong;
        }

        service = draft.Over(over);
        return services.Refuse(service, Code);
    }
}
