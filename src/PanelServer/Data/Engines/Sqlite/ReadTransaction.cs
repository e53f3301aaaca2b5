using Microsoft.Data.Sqlite;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// A read transaction: everything read in it is of one moment. It ends when it is disposed, also where a reading failed, so
/// that the connection can go on.
/// </summary>
internal readonly struct ReadTransaction : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Begins one.</summary>
    public ReadTransaction(SqliteConnection connection)
    {
        _connection = connection;
        PanelDatabase.Execute(connection, "BEGIN");
    }

    public void Dispose()
    {
        // The engine itself may have ended it, when the file failed.
        if (SqliteNative.Autocommit(SqliteNative.HandleOf(_connection)) == 0)
        {
            PanelDatabase.Execute(_connection, "ROLLBACK");
        }
    }
}
