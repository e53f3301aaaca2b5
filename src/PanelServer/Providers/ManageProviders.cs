using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers;

/// <summary>A provider as an operator writes it: texts, not yet checked. Null keeps what an edited one has.</summary>
internal sealed record ProviderDraft
{
    public string? Url { get; init; }
    public string? Key { get; init; }
    public bool? IsInternal { get; init; }
    public string? Exchange { get; init; }
    public int? Concurrency { get; init; }
    public int? PerSecond { get; init; }

    /// <summary>In the provider's currency; 0 for none.</summary>
    public string? LowBalance { get; init; }

    /// <summary>Without the key, as a record is easily logged.</summary>
    public override string ToString() => Url ?? "";
}

/// <summary>What an operator does with providers. Each change is audited, without keys, and felt by the next call.</summary>
internal sealed class ManageProviders(WriteQueue writes, ProviderDirectory upstream, SecretProtector ring, TimeProvider clock)
{
    /// <summary>Providers of one panel.</summary>
    public const int MaxProviders = 200;

    private const int KeyLength = 500;
    private const int MaxConcurrency = 256;
    private const int MaxPerSecond = 10_000;

    /// <summary>Adds a provider, after asking it for our balance there.</summary>
    /// <param name="name">How operators call it.</param>
    /// <param name="draft">Address and key at least.</param>
    /// <param name="isAsked">Whether it must answer.</param>
    /// <param name="cancel">Whoever asks has given up.</param>
    public async Task<Result<ProviderView>> AddAsync(ActorContext actor, string name, ProviderDraft draft, bool isAsked, CancellationToken cancel)
    {
        var start = new ProviderRow { Name = name.Trim(), Url = "", Secret = "", CreatedAt = Now };
        if (!WireText.IsLine(start.Name, Limits.NameLength))
        {
            return new Refusal("incorrect_name", $"a provider's name is one line of 1 to {Limits.NameLength} characters{HiddenCharacters.Told(start.Name)}");
        }

        if (draft.Url is null || draft.Key is null)
        {
            return new Refusal("incorrect_provider", "a provider needs --url and --key");
        }

        if (upstream.Find(start.Name) is not null)
        {
            return new Refusal("name_taken", $"there is a provider {start.Name} already; `panelserver provider edit {start.Name}` changes it");
        }

        if (Wrong(draft, start) is { } wrong)
        {
            return wrong;
        }

        var balance = isAsked ? await BalanceAsync(draft, start, cancel) : null;
        if (balance is { Value: null })
        {
            return new Refusal(
                "provider_unanswered",
                $"{start.Url} does not answer to action=balance: {balance.Reason}; nothing was added (--no-check adds it all the same)");
        }

        start.Secret = ring.Protect(draft.Key.Trim());
        start.Currency = balance?.Value?.Currency;
        (start.Balance, start.BalanceAt) = (balance?.Value?.Units, balance?.Value is null ? null : start.CreatedAt);
        return await writes.RunAsync<Result<ProviderView>>(actor, unit =>
        {
            if (unit.Db.Providers.Count() >= MaxProviders)
            {
                return new Refusal("too_many_providers", $"a panel has {MaxProviders} providers at the most");
            }

            unit.Db.Providers.Add(start);
            unit.Save();
            Audit.Write(unit, Now, "provider add", $"provider {start.Name}", Said(draft));
            OtherCurrency.Tell(unit, start.Id, Now);
            return ViewOf(unit, start);
        });
    }

    /// <summary>Changes what the draft names. A key that was refused is tried again when another is given.</summary>
    public Task<Result<ProviderView>> EditAsync(ActorContext actor, string name, ProviderDraft draft)
    {
        var secret = draft.Key is null ? null : ring.Protect(draft.Key.Trim());
        return ChangeAsync(actor, name, "provider edit", Said(draft), (unit, row) =>
        {
            if (Wrong(draft, row) is { } wrong)
            {
                return wrong;
            }

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
        if (note.Length > Limits.TextLength || HiddenCharacters.Told(note, Joiners.WhereTheyJoin) is { Length: > 0 })
        {
            return new Refusal(
                "incorrect_text",
                $"a note is one line of at most {Limits.TextLength} characters{HiddenCharacters.Told(note, Joiners.WhereTheyJoin)}");
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
        new("unknown_provider", $"there is no provider {name}; see `panelserver provider list`");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Lays a draft over a row; says what is wrong with it.</summary>
    private static Refusal? Wrong(ProviderDraft draft, ProviderRow row)
    {
        if (draft.Url is { } url)
        {
            if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            {
                return Incorrect($"--url {WithoutUser(url)} is not an http or https address without a user name and #, such as https://panel.example/api/v2");
            }

            row.Url = address.AbsolutePath == "/" ? new UriBuilder(address) { Path = "/api/v2" }.Uri.ToString() : address.ToString();
        }

        if (draft.Key is { } key && !(key.Trim().Length is > 0 and <= KeyLength && key.Trim().All(letter => letter is > ' ' and <= '~')))
        {
            return Incorrect($"--key is 1 to {KeyLength} printable characters without blanks");
        }

        if (draft.Exchange is { } text)
        {
            if (!ExchangeRate.TryParse(text, out var exchange))
            {
                return Incorrect($"--exchange {text} is no rate: what one unit of the provider's currency is in the panel's, such as 0.027");
            }

            row.Exchange = exchange.Units;
            row.ExchangeSet = true;

            // It is the rate of the currency that the provider says by now.
            (row.Currency, row.SaidCurrency) = (row.SaidCurrency ?? row.Currency, null);
        }

        if (draft.LowBalance is { } low)
        {
            if (!Money.TryParse(low, out var mark))
            {
                return Incorrect($"--low-balance {low} is no amount, such as 50");
            }

            row.LowBalance = mark == Money.Zero ? null : mark.Units;
        }

        if (draft.Concurrency is < 1 or > MaxConcurrency)
        {
            return Incorrect($"--concurrency {draft.Concurrency} is not 1 to {MaxConcurrency}");
        }

        if (draft.PerSecond is < 1 or > MaxPerSecond)
        {
            return Incorrect($"--per-second {draft.PerSecond} is not 1 to {MaxPerSecond}");
        }

        row.Concurrency = draft.Concurrency ?? row.Concurrency;
        row.PerSecond = draft.PerSecond ?? row.PerSecond;
        row.Internal = draft.IsInternal ?? row.Internal;
        return null;
    }

    /// <summary>An address as it may be repeated: what stands before an @ may be a password.</summary>
    private static string WithoutUser(string url) => url[(url.LastIndexOf('@') + 1)..];

    private static Refusal Incorrect(string why) => new("incorrect_provider", why);

    private async Task<QueryResult<UpstreamBalance>> BalanceAsync(ProviderDraft draft, ProviderRow row, CancellationToken cancel) =>
        await upstream.Api.BalanceAsync(new ProviderAccount(new Uri(row.Url), draft.Key!.Trim(), row.Internal), cancel);

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
        OtherCurrency.Tell(unit, row.Id, Now);
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
