using System.Text.RegularExpressions;

namespace PanelServer.Tests.Architecture;

/// <summary>What is SQLite's stays below its folder; one file chooses the engine (docs/decisions/0026).</summary>
public sealed partial class EngineBorderTests
{
    private static readonly string Engines = Path.Combine("Data", "Engines");
    private static readonly string Choice = Path.Combine("Data", "Engine.cs");

    [Fact]
    public void No_file_outside_the_engines_knows_an_engine() => Assert.Empty(Offences(Engine(), except: Choice));

    [Fact]
    public void No_file_outside_the_engines_holds_sql() => Assert.Empty(Offences(Sql(), except: null));

    [Fact]
    public void The_choice_of_the_engine_is_aliases_and_nothing_else()
    {
        var lines = File.ReadAllLines(Path.Combine(Source, Choice)).Where(line => !Remark().IsMatch(line));

        Assert.All(lines, line => Assert.Matches(Alias(), line));
    }

    private static string Source => Repository.PathOf("src/PanelServer");

    private static IEnumerable<string> Offences(Regex offence, string? except) =>
        from file in Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Source, file)
        where !path.StartsWith(Engines + Path.DirectorySeparatorChar, StringComparison.Ordinal) && path != except
        from line in File.ReadLines(file).Index()
        where offence.IsMatch(line.Item)
        select $"{path}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"Microsoft\.Data\.Sqlite|SQLitePCL|UseSqlite|PanelServer\.Data\.Engines|\bSqlite[A-Z]\w+")]
    private static partial Regex Engine();

    // Statements as they are written in C#: in capitals, and with what follows the word in every one of them.
    [GeneratedRegex(@"\bSELECT [\w(*]|\bINSERT INTO \w|\bDELETE FROM \w|\bUPDATE \w+ SET\b|\bPRAGMA \w|\bWITH \w+ AS \(|\bCREATE (TABLE|INDEX|TRIGGER)\b|FromSql|ExecuteSql|SqlQuery")]
    private static partial Regex Sql();

    [GeneratedRegex(@"\A(//|#pragma|\z)")]
    private static partial Regex Remark();

    [GeneratedRegex(@"\Aglobal using (\w+) = PanelServer\.Data\.Engines\.Sqlite(\.\w+)?\.\1;\z")]
    private static partial Regex Alias();
}
