using System.Globalization;
using Microsoft.Data.Sqlite;
using PanelServer.Domain.Catalogue;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>
/// Brings a database to the newest schema: numbered scripts, forward only, each in one transaction together with the
/// version it reaches, so that a start killed at any moment is simply started again.
/// </summary>
internal static class SchemaUpgrade
{
    private const string Folder = "schema/sqlite/";

    /// <summary>The scripts of this program, by number.</summary>
    public static IReadOnlyList<(int Number, string Name, string Sql)> Scripts { get; } =
        [.. typeof(SchemaUpgrade).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (NumberOf(name), name[Folder.Length..], TextOf(name)))];

    /// <summary>The schema that this program knows.</summary>
    public static int Newest => Scripts[^1].Number;

    /// <summary>The schema of a database; 0 when it is empty.</summary>
    public static int VersionOf(SqliteConnection connection)
    {
        using var version = new Statement(connection, "PRAGMA user_version");
        return checked((int)version.Number());
    }

    /// <summary>The error for the database of a newer program.</summary>
    public static string TooNew(int version) =>
        $"the database has schema {version}, this program knows {Newest}: use the newer program that made it";

    /// <summary>The error of a reader that meets the database of an older program.</summary>
    public static string TooOld(string path, int version) =>
        $"{path} has schema {version}, this program reads {Newest}: `panelserver serve` upgrades it as it starts";

    /// <summary>Runs the scripts that the database lacks.</summary>
    /// <exception cref="PanelException">The database was made by a newer program.</exception>
    public static void Run(SqliteConnection connection) => RunTo(connection, Newest);

    /// <summary>Runs the scripts that the database lacks, up to one.</summary>
    /// <exception cref="PanelException">The database was made by a newer program.</exception>
    public static void RunTo(SqliteConnection connection, int last)
    {
        var version = VersionOf(connection);
        if (version > Newest)
        {
            throw new PanelException(TooNew(version));
        }

        // For scripts that look at texts and links as people do.
        connection.CreateFunction("folded_text", (string text) => FoldedText.Of(text), isDeterministic: true);
        connection.CreateFunction("link_identity", (string link) => LinkIdentity.Of(link), isDeterministic: true);
        foreach (var (number, name, sql) in Scripts.Where(script => script.Number > version && script.Number <= last))
        {
            if (version > 0)
            {
                // A script may copy whole tables: the operator who waits for the start sees what it does.
                Console.Error.WriteLine(
                    $"upgrading the database to schema {number} ({name}); with millions of orders this takes a minute, and a start that is stopped begins it again");
            }

            PanelDatabase.Execute(connection, "BEGIN IMMEDIATE");
            try
            {
                PanelDatabase.Execute(connection, sql);
                PanelDatabase.Execute(connection, $"PRAGMA user_version = {number}");
                PanelDatabase.Execute(connection, "COMMIT");
            }
            catch (StorageException) when (SqliteNative.Autocommit(SqliteNative.HandleOf(connection)) == 0)
            {
                PanelDatabase.Execute(connection, "ROLLBACK");
                throw;
            }
        }
    }

    private static int NumberOf(string name) =>
        int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture);

    private static string TextOf(string name)
    {
        using var reader = new StreamReader(typeof(SchemaUpgrade).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
