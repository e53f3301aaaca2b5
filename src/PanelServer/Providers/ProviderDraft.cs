using FluentValidation;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

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

    /// <summary>Lays the draft, which has been validated, over a row.</summary>
    public void LayOver(ProviderRow row)
    {
        if (Url is not null && Address(Url) is { } address)
        {
            row.Url = address.AbsolutePath == "/" ? new UriBuilder(address) { Path = "/api/v2" }.Uri.ToString() : address.ToString();
        }

        if (ExchangeRate.TryParse(Exchange ?? "", out var exchange))
        {
            row.Exchange = exchange.Units;
            row.ExchangeSet = true;

            // It is the rate of the currency that the provider says by now.
            (row.Currency, row.SaidCurrency) = (row.SaidCurrency ?? row.Currency, null);
        }

        if (LowBalance is not null && Money.TryParse(LowBalance, out var mark))
        {
            row.LowBalance = mark == Money.Zero ? null : mark.Units;
        }

        row.Concurrency = Concurrency ?? row.Concurrency;
        row.PerSecond = PerSecond ?? row.PerSecond;
        row.Internal = IsInternal ?? row.Internal;
    }

    /// <summary>The address a text is; null when no provider can be called there.</summary>
    public static Uri? Address(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Fragment.Length == 0
            ? address
            : null;
}

/// <summary>Validates a draft; stops at the first error.</summary>
internal sealed class ProviderDraftValidator : AbstractValidator<ProviderDraft>
{
    private const int KeyLength = 500;
    private const int MaxConcurrency = 256;
    private const int MaxPerSecond = 10_000;

    public ProviderDraftValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(draft => draft.Url)
            .Must(url => url is null || ProviderDraft.Address(url) is not null)
            .WithState(draft => new Refusal("incorrect_provider.url", WithoutUser(draft.Url!)));
        RuleFor(draft => draft.Key)
            .Must(key => key is null || (key.Trim().Length is > 0 and <= KeyLength && key.Trim().All(letter => letter is > ' ' and <= '~')))
            .WithState(_ => new Refusal("incorrect_provider.key", KeyLength));
        RuleFor(draft => draft.Exchange)
            .Must(text => text is null || ExchangeRate.TryParse(text, out _))
            .WithState(draft => new Refusal("incorrect_provider.exchange", draft.Exchange));
        RuleFor(draft => draft.LowBalance)
            .Must(low => low is null || Money.TryParse(low, out _))
            .WithState(draft => new Refusal("incorrect_provider.low_balance", draft.LowBalance));
        RuleFor(draft => draft.Concurrency)
            .InclusiveBetween(1, MaxConcurrency)
            .WithState(draft => new Refusal("incorrect_provider.concurrency", draft.Concurrency, MaxConcurrency));
        RuleFor(draft => draft.PerSecond)
            .InclusiveBetween(1, MaxPerSecond)
            .WithState(draft => new Refusal("incorrect_provider.per_second", draft.PerSecond, MaxPerSecond));
    }

    /// <summary>An address as it may be repeated: what stands before an @ may be a password.</summary>
    private static string WithoutUser(string url) => url[(url.LastIndexOf('@') + 1)..];
}
