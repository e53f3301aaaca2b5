using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;

namespace PanelServer.Cli;

/// <summary>The provider that a verb is about.</summary>
internal static class ProviderName
{
    public static readonly Argument<string> Name = new("NAME") { Description = "The provider's name" };

    /// <summary>Finds it; null when there is none.</summary>
    public static async Task<ProviderRow?> FindAsync(PanelDb db, string name) =>
        await db.Providers.FirstOrDefaultAsync(row => row.Name == name);
}
