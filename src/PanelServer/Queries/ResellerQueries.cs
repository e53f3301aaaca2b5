using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;

namespace PanelServer.Queries;

/// <summary>A reseller in a list.</summary>
internal sealed record ResellerListItem(ResellerRow Reseller, Money? Balance);

/// <summary>Everything that is known of one reseller.</summary>
internal sealed record ResellerOverview
{
    public required ResellerRow Reseller { get; init; }
    public required Money Balance { get; init; }

    /// <summary>Keys that were not revoked.</summary>
    public required IReadOnlyList<ApiKeyRow> Keys { get; init; }

    /// <summary>Prices of their own.</summary>
    public required IReadOnlyList<ResellerRateRow> Rates { get; init; }

    /// <summary>The latest payments, the newest first.</summary>
    public required IReadOnlyList<PaymentRow> Payments { get; init; }
}

/// <summary>A key in a list.</summary>
/// <param name="Key">The key; no row holds more of it than its beginning.</param>
/// <param name="Reseller">The name of its reseller.</param>
internal sealed record KeyListItem(ApiKeyRow Key, string Reseller);

/// <summary>Resellers and their keys.</summary>
internal static class ResellerQueries
{
    private const int LatestPayments = 10;

    /// <summary>All of them, by name.</summary>
    public static async Task<List<ResellerListItem>> ListAsync(PanelDb db)
    {
        var rows = await db.Resellers
            .Join(db.Accounts, reseller => reseller.Id, account => account.Id, (reseller, account) => new { reseller, account.Balance })
            .OrderBy(row => row.reseller.Name)
            .ToListAsync();
        return rows.ConvertAll(row => new ResellerListItem(row.reseller, row.Balance));
    }

    /// <summary>One by name; null when there is none.</summary>
    public static async Task<ResellerOverview?> ReadAsync(PanelDb db, string name)
    {
        if (await db.Resellers.FirstOrDefaultAsync(row => row.Name == name) is not { } reseller)
        {
            return null;
        }

        return new()
        {
            Reseller = reseller,
            Balance = (await db.Accounts.FirstAsync(row => row.Id == reseller.Id)).Balance ?? Money.Zero,
            Keys = await db.ApiKeys.Where(row => row.ResellerId == reseller.Id && row.RevokedAt == null).ToListAsync(),
            Rates = await db.ResellerRates.Where(row => row.ResellerId == reseller.Id).OrderBy(row => row.ServiceId).ToListAsync(),
            Payments = await db.Payments.Where(row => row.ResellerId == reseller.Id)
                .OrderByDescending(row => row.Id).Take(LatestPayments).ToListAsync(),
        };
    }

    /// <summary>All keys, revoked ones too, in the order they were issued.</summary>
    public static async Task<List<KeyListItem>> KeysAsync(PanelDb db)
    {
        var rows = await db.ApiKeys
            .Join(db.Resellers, key => key.ResellerId, reseller => reseller.Id, (key, reseller) => new { key, reseller.Name })
            .OrderBy(row => row.key.Id)
            .ToListAsync();
        return rows.ConvertAll(row => new KeyListItem(row.key, row.Name));
    }
}
