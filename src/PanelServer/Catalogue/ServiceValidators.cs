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
            .WithState(draft => new Phrase("draft.type", draft.Type, string.Join(", ", ServiceType.All.Select(type => type.Name))));
        RuleFor(draft => draft.Category).Must(IsText).WithState(draft => Text("draft.category", draft.Category));
        RuleFor(draft => draft.Name).Must(IsText).WithState(draft => Text("draft.name", draft.Name));
        RuleFor(draft => draft.Description)
            .MaximumLength(Limits.TextLength)
            .WithState(_ => new Phrase("draft.description_length", Limits.TextLength))
            .Must(AreLines)
            .WithState(_ => new Phrase("draft.description"));
        RuleFor(draft => draft.Rate)
            .Must(rate => rate is null || Rate.TryParse(rate, out _))
            .WithState(draft => new Phrase("draft.rate", draft.Rate, Rate.Max, Rate.Decimals));
        RuleFor(draft => draft.Min).GreaterThanOrEqualTo(1).WithState(draft => new Phrase("draft.min", draft.Min));
        RuleFor(draft => draft.Max).GreaterThanOrEqualTo(1).WithState(draft => new Phrase("draft.max", draft.Max));
        RuleFor(draft => draft.RefillDays)
            .InclusiveBetween(0, Limits.RefillDays)
            .WithState(draft => new Phrase("draft.refill_days", draft.RefillDays, Limits.RefillDays));
        RuleFor(draft => draft.RefillHours)
            .InclusiveBetween(0, Limits.RefillDays * 24)
            .WithState(draft => new Phrase("draft.refill_hours", draft.RefillHours, Limits.RefillDays * 24));
        RuleFor(draft => draft.RefillTimes)
            .InclusiveBetween(0, Limits.RefillDays)
            .WithState(draft => new Phrase("draft.refill_times", draft.RefillTimes, Limits.RefillDays));
        RuleFor(draft => draft.LinkRule)
            .Must(rule => rule is null || LinkRule.Parse(rule) is not null)
            .WithState(draft => new Phrase("draft.link_rule", draft.LinkRule));
    }

    private static bool IsText(string? text) => text is null || WireText.IsLine(text.Trim(), Limits.TextLength, Joiners.WhereTheyJoin);

    private static Phrase Text(string code, string? text) =>
        new(code, Limits.TextLength, HiddenCharacters.Describe(text ?? "", Joiners.WhereTheyJoin));

    /// <summary>Lines of a description, without what turns or hides text.</summary>
    private static bool AreLines(string? text) =>
        text is null || text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').All(line => HiddenCharacters.Describe(line, Joiners.WhereTheyJoin) is null);
}

/// <summary>What must hold between the parts of a service, whether it is new, edited or imported.</summary>
internal sealed class ServiceValidator : AbstractValidator<Service>
{
    public ServiceValidator()
    {
        RuleFor(service => service.Max)
            .Must((service, max) => max >= service.Min)
            .WithState(service => new Phrase("draft.max_below_min", service.Max, service.Min));
        RuleFor(service => service.Dripfeed)
            .Must((service, drip) => !drip || service.Type.MayDrip)
            .WithState(service => new Phrase("draft.drip", service.Type.Name));
    }
}

/// <summary>Lays drafts over services, as far as both are right.</summary>
internal sealed class ServiceDrafts(IValidator<ServiceDraft> drafts, IValidator<Service> services)
{
    private const string Code = "incorrect_service.draft";

    /// <summary>What is wrong with a draft, and with the service it makes; null when nothing is.</summary>
    public Refusal? Wrong(ServiceDraft draft, Service over, out Service service)
    {
        service = over;
        if (drafts.RefuseAll(draft, Code) is { } wrong)
        {
            return wrong;
        }

        service = draft.Over(over);
        return services.RefuseAll(service, Code);
    }
}
