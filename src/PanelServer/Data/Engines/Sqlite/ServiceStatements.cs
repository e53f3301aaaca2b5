using Microsoft.Data.Sqlite;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>The statement that takes over long lists of services.</summary>
internal sealed class ServiceStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        $"""
         INSERT INTO services ({ServiceColumns.All})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         """);

    public void Insert(Service service)
    {
        var row = ServiceReading.RowOf(service);
        _insert
            .Bind(1, row.Id)
            .Bind(2, row.Position)
            .Bind(3, row.Enabled ? 1 : 0)
            .Bind(4, row.Type)
            .Bind(5, row.Category)
            .Bind(6, row.Name)
            .Bind(7, row.Description)
            .Bind(8, row.Rate.Units)
            .Bind(9, row.Min)
            .Bind(10, row.Max)
            .Bind(11, row.Dripfeed ? 1 : 0)
            .Bind(12, row.RefillDays)
            .Bind(13, row.RefillHours)
            .Bind(14, row.Cancel ? 1 : 0)
            .Bind(15, row.LinkRule)
            .Bind(16, row.DenyDuplicates ? 1 : 0)
            .Bind(17, row.RefillTimes)
            .Run();
    }

    public void Dispose() => _insert.Dispose();
}
