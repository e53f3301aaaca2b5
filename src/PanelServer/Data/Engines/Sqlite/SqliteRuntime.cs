using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// Lets Microsoft.Data.Sqlite 10 run on SQLitePCLRaw 2.0.6, and prefers the system's SQLite to the bundled one.
/// Goes away the day SQLitePCLRaw 2.1.13 can be referenced (docs/decisions/0002).
/// </summary>
internal static class SqliteRuntime
{
    private const string Core = "SQLitePCLRaw.core";
    private const string SystemLibrary = "libsqlite3.so.0";

#pragma warning disable CA2255 // It must run before anything in this assembly touches SQLite, also in tests.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        // The version asked for is newer than the one there; without one the loader takes what is there.
        AssemblyLoadContext.Default.Resolving += (context, name) => name is { Name: Core, Version: not null }
            ? context.LoadFromAssemblyName(new AssemblyName(Core))
            : null;

        // EF Core and the hot path must be in one and the same library.
        NativeLibrary.SetDllImportResolver(Assembly.Load("SQLitePCLRaw.provider.e_sqlite3"), Find);
        NativeLibrary.SetDllImportResolver(typeof(SqliteRuntime).Assembly, Find);
    }

    private static nint Find(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == SqliteNative.Library && NativeLibrary.TryLoad(SystemLibrary, out var system) ? system : 0;
}
