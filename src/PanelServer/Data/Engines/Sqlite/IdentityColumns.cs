namespace PanelServer.Data.Engines.Sqlite;

/// <summary>What a panel is, as its one row says.</summary>
internal static class IdentityColumns
{
    /// <summary>The columns of a panel of this version.</summary>
    public const string Sql = "SELECT kind, currency, clock, seed FROM panel";

    /// <summary>The columns of the first schema, which had no seed.</summary>
    public const string FirstSql = "SELECT kind, currency, clock, NULL FROM panel";

    /// <summary>Runs the statement; null in a database that has just been made.</summary>
    public static PanelIdentity? Read(Statement row)
    {
        var identity = row.Step()
            ? PanelIdentity.Of(row.Text(0), row.Text(1), row.IsNull(2) ? null : row.Long(2), row.IsNull(3) ? null : row.Long(3))
            : null;
        row.Reset();
        return identity;
    }
}
