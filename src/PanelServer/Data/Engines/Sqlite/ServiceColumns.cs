using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Refills;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The columns of a service, and how a statement's row of them is read.</summary>
internal static class ServiceColumns
{
    /// <summary>The columns, for a SELECT list.</summary>
    public const string All =
        """
        id, position, enabled, type, category, name, description, rate, min, max, dripfeed, refill_days, refill_hours,
        cancel, link_rule, deny_duplicates, refill_times
        """;

    /// <summary>
    /// The provider that a service's orders go to first, in the place of a column: of the routes in use the one with the
    /// lowest priority, of equal ones the cheapest.
    /// </summary>
    public const string FirstProvider =
        $"""
         (SELECT r.provider_id FROM routes r JOIN providers p ON p.id = r.provider_id
          WHERE r.service_id = services.id AND r.enabled = 1
          ORDER BY {RouteStatements.Order} LIMIT 1)
         """;

    /// <summary>Reads the row a statement stands on; its columns are <see cref="All"/> and <see cref="FirstProvider"/>.</summary>
    public static Service Read(Statement row) => new()
    {
        Id = row.Int(0),
        Position = row.Int(1),
        Enabled = row.Int(2) != 0,
        Type = ServiceType.Of(row.Int(3)),
        Category = row.Text(4),
        Name = row.Text(5),
        Description = row.Text(6),
        Rate = new(row.Long(7)),
        Min = row.Int(8),
        Max = row.Int(9),
        Dripfeed = row.Int(10) != 0,
        Refill = row.IsNull(11) ? null : new RefillWindow(row.Int(11), row.Int(12), row.IsNull(16) ? null : row.Int(16)),
        Cancel = row.Int(13) != 0,
        LinkRule = ServiceReading.RuleOf(row.Text(14)),
        DenyDuplicates = row.Int(15) != 0,
        Provider = row.IsNull(17) ? null : row.Int(17),
    };
}
