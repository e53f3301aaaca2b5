using FluentValidation;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers;

/// <summary>What an operator does with providers. Each change is audited, without keys, and felt by the next call.</summary>
internal sealed class ManageProviders(
    WriteQueue writes,
    ProviderDirectory upstream,
    SecretProtector ring,
    IValidator<ProviderDraft> drafts,
    TimeProvider clock)
{

    /// <summary>Providers of one panel.</summary>
    public const int MaxProviders = 200;

    /// <summary>Adds a provider, after asking it for our balance there.</summary>
    /// <param name="name">How operators call it.</param>
    /// <param name="draft">Address and key at least.</param>
    /// <param name="isAsked">Whether it must answer.</param>
    /// <param name="cancel">Canceled when the caller has gone.</param>
    public async Task<Result<ProviderView>> AddAsync(ActorContext actor, string name, ProviderDraft draft, bool isAsked, CancellationToken cancel)
    {
        var start = new ProviderRow { Name = name.Trim(), Url = "", Secret = "", CreatedAt = Now };
        if (!WireText.IsLine(start.Name, Limits.NameLength))
        {
            return new Refusal("incorrect_name.provider", Limits.NameLength, HiddenCharacters.Describe(start.Name));
        }

        if (draft.Url is null || draft.Key is null)
        {
            return new Refusal("incorrect_provider.url_and_key");
        }

        if (upstream.Find(start.Name) is not null)
        {
            return new Refusal("name_taken.provider", start.Name);
        }

        if (drafts.Refuse(draft) is { } wrong)
        {
            return wrong;
        }

        draft.LayOver(start);

        var balance = isAsked ? await BalanceAsync(draft, start, cancel) : null;
        if (balance is { Value: null })
        {
            return new Refusal("provider_unanswered.added", start.Url, balance.Reason);
        }

        start.Secret = ring.Protect(draft.Key.Trim());
        start.Currency = balance?.Value?.Currency;
        (start.Balance, start.BalanceAt) = (balance?.Value?.Units, balance?.Value is null ? null : start.CreatedAt);
        return await writes.RunAsync<Result<ProviderView>>(actor, unit =>
        {
            if (unit.Db.Providers.Count() >= MaxProviders)
            {
                return new Refusal("too_many_providers", MaxProviders);
            }

            // A unit may run again; the id is given by the one that stays.
            start.Id = 0;
            unit.Db.Providers.Add(start);
            unit.Save();
            Audit.Write(unit, Now, "provider add", $"provider {start.Name}", Said(draft));
            OtherCurrency.RaiseAlert(unit, start.Id, Now);
            return ViewOf(unit, start);
        });
    }

    /// <summary>Changes what the draft names. A key that was refused is tried again when another is given.</summary>
    public Task<Result<ProviderView>> EditAsync(ActorContext actor, string name, ProviderDraft draft)
    {
        var secret = draft.Key is null ? null : ring.Protect(draft.Key.Trim());
        return ChangeAsync(actor, name, "provider edit", Said(draft), (unit, row) =>
        {
            if (drafts.Refuse(draft) is { } wrong)
            {
                return wrong;
            }

            draft.LayOver(row);

            row.Secret = secret ?? row.Secret;
            if (secret is not null && row.Paused == Pause.Key)
            {
                ProviderCircuit.Put(row, ProviderCircuit.Of(row).Resume(Pause.Key)!.Value, Now);
                Alerts.End(unit, row.Id, AlertKind.Key, "", Now);
            }

            if (draft.Exchange is not null)
            {
                CountAnew(unit, row);
            }

            return row;
        });
    }

    /// <summary>Sends nothing more to it; what it has is asked about all the same.</summary>
    public Task<Result<ProviderView>> PauseAsync(ActorContext actor, string name, string note) => ChangeAsync(actor, name, "provider pause", note, (_, row) =>
    {
        if (note.Length > Limits.TextLength || HiddenCharacters.Describe(note, Joiners.WhereTheyJoin) is not null)
        {
            return new Refusal("incorrect_text.note_or_none", Limits.TextLength, HiddenCharacters.Describe(note, Joiners.WhereTheyJoin));
        }

        ProviderCircuit.Put(row, ProviderCircuit.Of(row).PauseByOperator(), Now);
        return row;
    });

    /// <summary>Sends to it again, whatever it was paused for, and lets it be tried at once.</summary>
    public Task<Result<ProviderView>> ResumeAsync(ActorContext actor, string name) => ChangeAsync(actor, name, "provider resume", "", (unit, row) =>
    {
        if (ring.Unprotect(row.Secret) is null)
        {
            return ProviderDirectory.KeyLost(row.Name);
        }

        ProviderCircuit.Resume(unit, row.Id, row.Paused, Now);
        ProviderCircuit.RecordSuccess(unit, row.Id, Now);
        UnclearRefusals.Forget(unit, row.Id, Now);
        ProviderCircuit.Put(row, CircuitBreaker.ResumedByOperator, Now);
        return row;
    });

    public static Refusal Unknown(string name) =>
        new("unknown_provider", name);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<QueryResult<UpstreamBalance>> BalanceAsync(ProviderDraft draft, ProviderRow row, CancellationToken cancel) =>
        await upstream.Api.BalanceAsync(new ProviderAccount(new Uri(row.Url), draft.Key!.Trim(), row.Internal) { Name = row.Name }, cancel);

    private async Task<Result<ProviderView>> ChangeAsync(
        ActorContext actor,
        string name,
        string action,
        string detail,
        Func<UnitOfWork, ProviderRow, Result<ProviderRow>> change) => await writes.RunAsync<Result<ProviderView>>(actor, unit =>
        {
            if (unit.Db.Providers.FirstOrDefault(row => row.Name == name) is not { } row)
            {
                return Unknown(name);
            }

            if (!change(unit, row).Try(out var changed, out var refusal))
            {
                return refusal;
            }

            unit.Db.Providers.Update(changed);
            unit.Save();
            Audit.Write(unit, Now, action, $"provider {changed.Name}", detail);
            return ViewOf(unit, changed);
        });

    /// <summary>
    /// What a provider costs here is another from now on. Each order and the catalogue are told by that at once; locks and alerts
    /// of many routes follow with a comparison, which is due now.
    /// </summary>
    private void CountAnew(UnitOfWork unit, ProviderRow row)
    {
        row.ComparedAt = 0;
        unit.Db.Providers.Update(row);
        unit.Save();
        OtherCurrency.RaiseAlert(unit, row.Id, Now);
        Alerts.End(unit, row.Id, AlertKind.Currency, "", Now);
        unit.ChangesCatalogue();
    }

    /// <summary>What a draft says, for the audit: that a key was given, and not which.</summary>
    private static string Said(ProviderDraft draft) => string.Join(", ", typeof(ProviderDraft).GetProperties()
        .Select(part => (part.Name, Value: part.GetValue(draft)))
        .Where(part => part.Value is not null)
        .Select(part => part.Name == nameof(ProviderDraft.Key) ? "a key" : $"{part.Name} {part.Value}"));

    private static ProviderView ViewOf(UnitOfWork unit, ProviderRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = row.Url,
        Secret = row.Secret,
        IsInternal = row.Internal,
        Currency = row.Currency,
        Exchange = new(row.Exchange),
        Concurrency = row.Concurrency,
        PerSecond = row.PerSecond,
        Paused = row.Paused,
        Failures = row.Failures,
        OpenUntil = row.OpenUntil,
        Balance = row.Balance,
        BalanceAt = row.BalanceAt,
        LowBalance = row.LowBalance,
        ComparedAt = row.ComparedAt,
        Sign = row.DecimalSign,
        HasExchange = OtherCurrency.Unknown(unit, row.Id) is null,
        ProbeAt = row.ProbeAt,
        CreatedAt = row.CreatedAt,
    };
}
