namespace PanelServer.Data;

/// <summary>The settings of section <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    /// <summary>Pages the database may grow to; 0 = no limit.</summary>
    public int MaxPages { get; set; }
}
