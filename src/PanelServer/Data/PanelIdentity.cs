using PanelServer.Data.Entities;
using PanelServer.Domain.Ledger;

namespace PanelServer.Data;

/// <summary>What a panel is for good: live or sandbox, its currency, and in a sandbox its clock and its seed.</summary>
internal sealed record PanelIdentity(bool IsSandbox, string Currency, long? Clock, long? Seed)
{
    private const string Live = "live";
    private const string Sandbox = "sandbox";

    /// <summary>The identity that is stored as these values.</summary>
    public static PanelIdentity Of(string kind, string currency, long? clock, long? seed) => new(kind == Sandbox, currency, clock, seed);

    /// <summary>Writes it into a new database, with the house's accounts.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="identity">What the panel is.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Write(UnitOfWork unit, PanelIdentity identity, long now)
    {
        unit.Db.Panel.Add(new PanelRow
        {
            Kind = identity.IsSandbox ? Sandbox : Live,
            Currency = identity.Currency,
            NextOrderId = FirstOrderOf(identity.IsSandbox ? Sandbox : Live),
            NextRefillId = 1,
            Clock = identity.Clock,
            Seed = identity.Seed,
            CreatedAt = now,
        });
        unit.Db.Accounts.Add(new AccountRow { Id = Account.Outside });
        unit.Db.Accounts.Add(new AccountRow { Id = Account.Sales });
    }

    /// <summary>The id of the first order of a kind of panel; from there on each id was given to an order.</summary>
    public static int FirstOrderOf(string kind) => kind == Sandbox ? 23_501 : 1;

    /// <summary>Why this database cannot be used as asked; null when it can.</summary>
    public string? Unfit(PanelFolder folder, string? currency) => (IsSandbox, folder.IsSandbox) switch
    {
        (false, true) => $"{folder.Database.Path} is a real panel, made without --sandbox: it is never used as a sandbox",
        (true, false) => $"{folder.Database.Path} is a sandbox: start it with --sandbox",
        _ => currency is null || currency == Currency
            ? null
            : $"setting Panel:Currency is {currency}, but this panel is in {Currency} for good: its books cannot change currency",
    };
}
