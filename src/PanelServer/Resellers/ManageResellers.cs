using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Resellers;
using PanelServer.Ledger;

namespace PanelServer.Resellers;

/// <summary>A reseller as an operator writes it, not yet checked.</summary>
internal sealed record NewReseller(string Name);

/// <summary>What a reseller may be called.</summary>
internal sealed class NewResellerValidator : AbstractValidator<NewReseller>
{
    public NewResellerValidator() => RuleFor(reseller => reseller.Name)
        .Must(name => WireText.IsLine(name, Limits.NameLength) && !name.Any(char.IsWhiteSpace) && !name.StartsWith('-'))
        .WithState(reseller => new Refusal("incorrect_name.reseller", reseller.Name, Limits.NameLength, HiddenCharacters.Describe(reseller.Name)));
}

/// <summary>What an operator does with resellers. Each change is audited and felt by the next call.</summary>
internal sealed class ManageResellers(WriteQueue writes, CallerCache callers, IValidator<NewReseller> resellers, TimeProvider clock)
{
    private const int MinPrefix = 12;

    /// <summary>Makes a reseller with an account, and a first deposit if there is a balance.</summary>
    public Task<Result<int>> AddAsync(ActorContext actor, string name, Money balance)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return resellers.Refuse(new(name)) is { } wrong
            ? Task.FromResult<Result<int>>(wrong)
            : writes.RunAsync(actor, unit => Add(unit, name, balance, now));
    }

    /// <summary>Makes a reseller inside a unit.</summary>
    public static Result<int> Add(UnitOfWork unit, string name, Money balance, long now)
    {
        if (unit.Db.Resellers.Any(row => row.Name == name))
        {
            return new Refusal("name_taken.reseller", name);
        }

        var reseller = new ResellerRow { Name = name, CreatedAt = now };
        unit.Db.Resellers.Add(reseller);
        unit.Save();
        unit.Db.Accounts.Add(new AccountRow { Id = reseller.Id, Balance = Money.Zero });
        unit.Save();
        if (balance > Money.Zero)
        {
            var opening = new Payment(name, TransferKind.Deposit, balance, "opening balance", Reference: null);
            if (!MakePayment.Make(unit, opening, now).Try(out _, out var refusal))
            {
                throw new InvalidOperationException(refusal.Code);
            }
        }

        Audit.Write(unit, now, "reseller add", name, $"balance {balance}");
        return reseller.Id;
    }

    /// <summary>Suspends or resumes a reseller.</summary>
    public Task<Result<int>> SuspendAsync(ActorContext actor, string name, bool suspended) => ChangeAsync(
        actor,
        name,
        suspended ? "reseller suspend" : "reseller resume",
        "",
        (unit, id) => Suspend(unit, id, suspended));

    /// <summary>Suspends or resumes a reseller inside a unit.</summary>
    public static void Suspend(UnitOfWork unit, int reseller, bool suspended) => unit.Db.Resellers
        .Where(row => row.Id == reseller)
        .ExecuteUpdate(row => row.SetProperty(r => r.Suspended, suspended));

    /// <summary>Sets a reseller's discount on the list prices, in basis points.</summary>
    public Task<Result<int>> DiscountAsync(ActorContext actor, string name, int basisPoints) => ChangeAsync(
        actor,
        name,
        "reseller discount",
        Discount.Format(basisPoints),
        (unit, id) => unit.Db.Resellers.Where(row => row.Id == id)
            .ExecuteUpdate(row => row.SetProperty(reseller => reseller.Discount, basisPoints)));

    /// <summary>Sets a reseller's own price of a service.</summary>
    public async Task<Result<int>> PriceAsync(ActorContext actor, string name, int service, Rate rate)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await writes.RunAsync(actor, unit =>
        {
            if (!unit.Db.Services.Any(row => row.Id == service))
            {
                return new Refusal("unknown_service", service);
            }

            return Change(
                unit,
                name,
                "reseller price",
                string.Create(CultureInfo.InvariantCulture, $"service {service} at {rate}"),
                now,
                (unit, id) =>
                {
                    unit.Db.ResellerRates.Where(row => row.ResellerId == id && row.ServiceId == service).ExecuteDelete();
                    unit.Db.ResellerRates.Add(new ResellerRateRow { ResellerId = id, ServiceId = service, Rate = rate });
                });
        });
        callers.Forget();
        return done;
    }

    /// <summary>Issues a key for a reseller; the key itself is in the answer and nowhere else.</summary>
    public async Task<Result<ApiKey>> IssueKeyAsync(ActorContext actor, string name, byte[] secret)
    {
        var key = ApiKey.FromSecret(secret);
        var issued = await ChangeAsync(
            actor,
            name,
            "key issue",
            key.Prefix,
            (unit, id) => Keep(unit, id, key, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return issued.Try(out _, out var refusal) ? key : refusal;
    }

    /// <summary>Writes a key's hash inside a unit.</summary>
    public static void Keep(UnitOfWork unit, int reseller, ApiKey key, long now)
    {
        unit.Db.ApiKeys.Add(new ApiKeyRow
        {
            ResellerId = reseller,
            Prefix = key.Prefix,
            Hash = key.Hash,
            CreatedAt = now,
        });
    }

    /// <summary>Revokes the one key that begins so; it is dead for the next call.</summary>
    /// <returns>The key's prefix.</returns>
    public async Task<Result<string>> RevokeKeyAsync(ActorContext actor, string prefix)
    {
        // What every key begins with names none, least of all by an empty variable of a script.
        if (prefix.Length < MinPrefix)
        {
            return new Refusal("short_prefix", prefix, MinPrefix);
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await writes.RunAsync<Result<string>>(actor, unit =>
        {
            var found = unit.Db.ApiKeys
                .Where(row => row.RevokedAt == null && row.Prefix.StartsWith(prefix))
                .Take(2)
                .ToList();
            if (found.Count != 1)
            {
                return found.Count == 0
                    ? new Refusal("unknown_key", prefix)
                    : new Refusal("ambiguous_key", prefix);
            }

            var id = found[0].Id;
            unit.Db.ApiKeys.Where(row => row.Id == id).ExecuteUpdate(row => row.SetProperty(key => key.RevokedAt, now));
            Audit.Write(unit, now, "key revoke", found[0].Prefix, "");
            return found[0].Prefix;
        });
        callers.Forget();
        return done;
    }

    private async Task<Result<int>> ChangeAsync(ActorContext actor, string name, string action, string detail, Action<UnitOfWork, int> change)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await writes.RunAsync(actor, unit => Change(unit, name, action, detail, now, change));
        callers.Forget();
        return done;
    }

    private static Result<int> Change(
        UnitOfWork unit,
        string name,
        string action,
        string detail,
        long now,
        Action<UnitOfWork, int> change)
    {
        var reseller = unit.Db.Resellers.FirstOrDefault(row => row.Name == name);
        if (reseller is null)
        {
            return ResellerRefusal.Unknown(name);
        }

        change(unit, reseller.Id);
        Audit.Write(unit, now, action, reseller.Name, detail);
        return reseller.Id;
    }
}
