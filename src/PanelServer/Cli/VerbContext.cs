using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary>What a verb speaks with: its arguments, its panel's folder, and the two streams.</summary>
/// <param name="parsed">The arguments.</param>
/// <param name="asked">Who typed them, and where: relative paths are from there.</param>
/// <param name="output">For the answer.</param>
/// <param name="error">For the one line that says why not.</param>
/// <param name="progress">For the share that is done, 0 to 1, of what takes long.</param>
internal sealed class VerbContext(
    ParseResult parsed,
    VerbCall asked,
    TextWriter output,
    TextWriter error,
    IProgress<double> progress)
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    // Names of services are for people to read; nothing here ends up in a page.
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsJson => parsed.GetValue(VerbOptions.Json);

    public TextWriter Output => output;

    /// <summary>Who typed the verb; every change that it makes is theirs, under one request id.</summary>
    public ActorContext Actor { get; } = new(Domain.Lifecycles.Actor.Operator, asked.Who, ActorContext.Cli)
    {
        RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("n"),
    };

    public IProgress<double> Progress => progress;

    /// <summary>The panel that is meant.</summary>
    public PanelFolder Folder => PanelFolder.Of(
        FullPath(parsed.GetValue(VerbOptions.Data) ?? asked.DataFolder ?? VerbOptions.DefaultFolder),
        parsed.GetValue(VerbOptions.Sandbox));

    /// <summary>Whether the verb names a data folder.</summary>
    public bool IsDataGiven => parsed.GetValue(VerbOptions.Data) is not null;

    /// <summary>Whether the verb or its environment names a data folder.</summary>
    public bool IsDataNamed => IsDataGiven || asked.DataFolder is not null;

    /// <summary>A path as the caller means it.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, asked.WorkingFolder);

    public T Get<T>(Option<T> option) => parsed.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Answers: an object for programs, or lines for people.</summary>
    public int Write(object json, string text)
    {
        output.WriteLine(IsJson ? JsonSerializer.Serialize(json, JsonOptions) : text);
        return Done;
    }

    /// <summary>Answers with something that programs take as it stands; what people should know beside it goes to the error stream.</summary>
    public int SayAlone(object json, string text, string beside)
    {
        Tell(beside);
        return Write(json, text);
    }

    /// <summary>Answers with rows: a list of objects for programs, or a table for people.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="none">What to say when there are none.</param>
    /// <param name="json">A row for programs.</param>
    /// <param name="columns">The columns for people.</param>
    public int WriteTable<T>(IReadOnlyList<T> rows, string none, Func<T, object> json, params (string Title, Func<T, object?> Cell)[] columns)
    {
        if (IsJson)
        {
            output.WriteLine(JsonSerializer.Serialize(rows.Select(json), JsonOptions));
            return Done;
        }

        if (rows.Count == 0)
        {
            output.WriteLine(none);
            return Done;
        }

        var table = rows
            .Select(row => columns.Select(column => TextOf(column.Cell(row))).ToArray())
            .Prepend([.. columns.Select(column => column.Title)])
            .ToList();
        var widths = columns.Select((_, at) => table.Max(row => row[at].Length)).ToArray();
        foreach (var row in table)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, at) => cell.PadRight(widths[at]))).TrimEnd());
        }

        return Done;
    }

    /// <summary>Whether nothing at all was typed.</summary>
    public bool IsBare => asked.Arguments.Count == 0;

    /// <summary>Prints the help of the verb, or of the program.</summary>
    public int Help() => VerbHelp.Print(parsed);

    /// <summary>Says what is wrong with what was typed.</summary>
    public int WrongUse(string why)
    {
        error.WriteLine(why);
        return WrongUsage;
    }

    /// <summary>Tells people something beside the answer.</summary>
    public void Tell(string line)
    {
        if (!IsJson)
        {
            error.WriteLine(line);
        }
    }

    /// <summary>Says why not, in one line.</summary>
    public int Refuse(string why)
    {
        error.WriteLine(why.ReplaceLineEndings(" "));
        return Refused;
    }

    public int Refuse(Refusal refusal) => Refuse(CommandLineTexts.Of(refusal));

    /// <summary>An instant for people: UTC, to the second.</summary>
    public static string Time(long instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An instant for programs: ISO 8601, UTC, to the second.</summary>
    public static string Instant(long instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A cell is one line, whatever is stored: another would look like a row of its own.</summary>
    private static string TextOf(object? cell) =>
        (Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "").Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
