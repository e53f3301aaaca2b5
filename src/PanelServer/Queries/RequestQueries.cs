using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Queries;

/// <summary>A refill in a list, and the name of its reseller.</summary>
internal sealed record RefillListItem(RefillRow Refill, string Reseller);

/// <summary>A cancel request in a list, and the name of its reseller.</summary>
internal sealed record CancelListItem(CancelRow Cancel, string Reseller);

/// <summary>What resellers have asked for about their orders.</summary>
internal static class RequestQueries
{
    /// <summary>Refills, the newest first.</summary>
    public static async Task<List<RefillListItem>> RefillsAsync(PanelDb db, int limit)
    {
        var rows = await db.Refills.OrderByDescending(row => row.Id).Take(limit)
            .Join(db.Resellers, refill => refill.ResellerId, reseller => reseller.Id, (refill, reseller) => new { refill, reseller.Name })
            .ToListAsync();
        return rows.ConvertAll(row => new RefillListItem(row.refill, row.Name));
    }

    /// <summary>Cancel requests, the newest first.</summary>
    public static async Task<List<CancelListItem>> CancelsAsync(PanelDb db, int limit)
    {
        var rows = await db.Cancels.OrderByDescending(row => row.Id).Take(limit)
            .Join(db.Resellers, cancel => cancel.ResellerId, reseller => reseller.Id, (cancel, reseller) => new { cancel, reseller.Name })
            .ToListAsync();
        return rows.ConvertAll(row => new CancelListItem(row.cancel, row.Name));
    }
}
