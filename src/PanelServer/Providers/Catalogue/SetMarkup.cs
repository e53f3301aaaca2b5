using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Catalogue;

/// <summary>A mark-up as an operator changes it: null keeps what the rule has. Of the last three 0 takes it away.</summary>
internal sealed record MarkupDraft(int? Percent, Rate? Fixed, Rate? RoundUp, Rate? Floor, Rate? Ceiling);

/// <summary>What a mark-up may be of.</summary>
internal sealed class MarkupScopeValidator : AbstractValidator<MarkupScope>
{
    public MarkupScopeValidator() => RuleFor(scope => scope.Category)
        .Must(category => category.Length == 0 || WireText.IsLine(category, Limits.TextLength, Joiners.WhereTheyJoin))
        .WithState(scope => new Refusal("incorrect_text.category", Limits.TextLength, HiddenCharacters.Describe(scope.Category, Joiners.WhereTheyJoin)));
}

/// <summary>Sets how prices are made of a provider's. Prices follow with the next sync.</summary>
internal sealed class SetMarkup(WriteQueue writes, IValidator<MarkupScope> scopes, TimeProvider clock)
{
    /// <summary>Makes or changes the rule of a scope.</summary>
    /// <returns>The rule as it is now; refused when there is no such provider.</returns>
    public Task<Result<Markup>> SetAsync(ActorContext actor, string provider, MarkupScope scope, MarkupDraft draft)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<Markup>>(actor, unit =>
            scopes.Refuse(scope) is { } wrong ? wrong
            : Find(unit, provider).Try(out var found, out var refusal) ? Set(unit, found, scope, draft, now)
            : refusal);
    }

    /// <summary>Removes the rule of a scope.</summary>
    /// <returns>The rule as it was; refused when there is none.</returns>
    public Task<Result<Markup>> RemoveAsync(ActorContext actor, string provider, MarkupScope scope)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<Markup>>(actor, unit =>
        {
            if (!Find(unit, provider).Try(out var found, out var refusal))
            {
                return refusal;
            }

            if (RowOf(unit, found.Id, scope) is not { } row)
            {
                return new Refusal("no_markup", Words(scope), found.Name);
            }

            unit.Db.Markups.Where(one => one.Id == row.Id).ExecuteDelete();
            Audit.Write(unit, now, "provider markup", $"provider {found.Name}", $"{Words(scope)}: removed");
            return ProviderCatalogueState.Of(row);
        });
    }

    /// <summary>Sets, inside a unit, the percentage of all of a provider's services.</summary>
    public static Markup SetPercent(UnitOfWork unit, ProviderRow provider, int percent, long now) =>
        Set(unit, provider, MarkupScope.Provider, new(percent, null, null, null, null), now);

    /// <summary>A rule's scope for people.</summary>
    public static string Words(MarkupScope scope) =>
        scope.UpstreamService.Length > 0 ? $"service {scope.UpstreamService}"
        : scope.Category.Length > 0 ? $"category {scope.Category}"
        : "all services";

    /// <summary>A rule for people.</summary>
    public static string Words(Markup markup) => string.Join(", ", new[]
    {
        Percentage.Format(markup.PercentBasisPoints),
        markup.Fixed.Units > 0 ? $"+ {markup.Fixed}" : "",
        markup.RoundUp is { } step ? $"rounded up to {step}" : "",
        markup.Floor is { } floor ? $"at least {floor}" : "",
        markup.Ceiling is { } ceiling ? $"at most {ceiling}" : "",
    }.Where(part => part.Length > 0));

    private static Markup Set(UnitOfWork unit, ProviderRow provider, MarkupScope scope, MarkupDraft draft, long now)
    {
        var before = RowOf(unit, provider.Id, scope);
        var row = before ?? new MarkupRow { ProviderId = provider.Id, Category = scope.Category, UpstreamService = scope.UpstreamService };
        row.Percent = draft.Percent ?? row.Percent;
        row.Fixed = draft.Fixed ?? row.Fixed;
        row.RoundUp = Over(draft.RoundUp, row.RoundUp);
        row.Floor = Over(draft.Floor, row.Floor);
        row.Ceiling = Over(draft.Ceiling, row.Ceiling);
        unit.Db.Markups.Update(row);
        var markup = ProviderCatalogueState.Of(row);
        Audit.Write(unit, now, "provider markup", $"provider {provider.Name}", $"{Words(scope)}: {Words(markup)}");
        return markup;
    }

    private static Rate? Over(Rate? said, Rate? had) => said is null ? had : said.Value.Units == 0 ? null : said;

    private static Result<ProviderRow> Find(UnitOfWork unit, string name) =>
        unit.Db.Providers.FirstOrDefault(row => row.Name == name) is { } found ? found : ProviderCatalogueState.Unknown(name);

    // A provider's categories are few, and they are the same in any case of letters, also beyond ASCII.
    private static MarkupRow? RowOf(UnitOfWork unit, int provider, MarkupScope scope) => unit.Db.Markups
        .Where(row => row.ProviderId == provider && row.UpstreamService == scope.UpstreamService)
        .AsEnumerable()
        .FirstOrDefault(row => string.Equals(row.Category, scope.Category, StringComparison.OrdinalIgnoreCase));
}
