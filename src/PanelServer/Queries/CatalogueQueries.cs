using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Orders;

namespace PanelServer.Queries;

/// <summary>A ban or a hold of links in a list, and how many orders wait because of it.</summary>
internal sealed record LinkBlockListItem(LinkBlockRow Block, int Held);

/// <summary>The catalogue, and the links that nothing is ordered for.</summary>
internal static class CatalogueQueries
{
    /// <summary>All services in their order, disabled ones too.</summary>
    public static async Task<List<Service>> ServicesAsync(PanelDb db) =>
        (await db.Services.OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync()).ConvertAll(ServiceReading.Of);

    /// <summary>Bans and holds, the oldest first.</summary>
    public static async Task<List<LinkBlockListItem>> LinkBlocksAsync(PanelDb db)
    {
        var held = HeldOrders.Open(db);
        var rows = await db.LinkBlocks.OrderBy(row => row.Id)
            .Select(row => new { row, Waiting = held.Count(hold => hold.Pattern == row.Pattern) })
            .ToListAsync();
        return rows.ConvertAll(row => new LinkBlockListItem(row.row, row.Waiting));
    }
}
