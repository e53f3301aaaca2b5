using System.Data.Common;

namespace PanelServer.Data;

/// <summary>Why a database engine did not do what it was asked for, in terms that are the same for every engine.</summary>
internal enum StorageFault
{
    /// <summary>Another holds what is needed, or has changed it: the same may succeed a moment later.</summary>
    Conflict,

    /// <summary>A constraint of the schema refused the change: the fault of the code that made it.</summary>
    Constraint,

    /// <summary>The database file or server cannot be opened.</summary>
    NotOpened,

    /// <summary>A full disk, an I/O error, a server that is gone: nothing of the transaction counts.</summary>
    Unavailable,

    /// <summary>What is stored is damaged.</summary>
    Damaged,
}

/// <summary>A failure of the database engine, whichever engine it is.</summary>
/// <param name="fault">What kind of failure it is.</param>
/// <param name="message">What the engine said.</param>
/// <param name="cause">The engine's own exception; null where there is none.</param>
internal sealed class StorageException(StorageFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What kind of failure it is.</summary>
    public StorageFault Fault => fault;

    /// <summary>
    /// The failure of the engine in an error or among its causes; null when there is none. EF Core throws the exceptions of
    /// the engine's own driver, which are translated here.
    /// </summary>
    public static StorageException? In(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is StorageException known)
            {
                return known;
            }

            if (error is DbException raw)
            {
                return PanelDatabase.Translate(raw);
            }
        }

        return null;
    }
}
