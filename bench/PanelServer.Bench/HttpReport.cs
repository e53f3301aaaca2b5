using System.Text;

namespace PanelServer.Bench;

/// <summary>What <c>bench http</c> found.</summary>
internal sealed record HttpReport(
    Workplace Place, Machine Machine, IReadOnlyList<RowResult> Rows, StartResult Start, string VerifyFindings,
    string LoadAfter) : IReport
{
    public bool IsTrue => VerifyFindings.Length == 0 && Rows.All(row => row.Problems.Count == 0);

    private IEnumerable<Besides> Others =>
        [.. Rows.SelectMany(row => Tables.OfRow(row)), Tables.Memory(Rows), Tables.Start(Start)];

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine();
        Tables.AppendRows(text, Rows);
        Tables.AppendBesides(text, Others);
        Tables.AppendNotes(text, Notes());
        return text.ToString();
    }

    public string Json() => Tables.Json(new
    {
        mode = "http",
        machine = Machine,
        loadAfter = LoadAfter,
        generator = Place.Load.Name,
        server = Place.Server,
        seconds = Place.Options.Seconds,
        pairs = Place.Options.Pairs,
        orders = Place.Options.Orders,
        services = Place.Options.Services,
        rows = Rows.Select(Tables.Plain),
        others = Others,
        start = Start,
        verify = VerifyFindings,
        isTrue = IsTrue,
    });

    private IEnumerable<string> Notes()
    {
        foreach (string note in Tables.Surroundings(Place, Machine, LoadAfter))
        {
            yield return note;
        }
        yield return Tables.Invariant($"{Place.Options.Services} services, {Place.Options.Orders} orders placed over HTTP before ") +
            "the rows; the floor answers constants of the same size: " +
            string.Join(", ", Rows.Select(row => Tables.Invariant($"{row.Row.Name} {row.AnswerBytes} bytes")));
        if (Rows.Any(row => row.Row.CommitGoal is not null))
        {
            yield return "in process: one loop with prepared commands of Microsoft.Data.Sqlite on a fresh copy of the panel, " +
                "with the server's schema and settings, in turn with the pairs";
        }
        foreach (string problem in Tables.Problems(Rows))
        {
            yield return problem;
        }
        yield return VerifyFindings.Length == 0
            ? IsTrue
                ? "every answer looked at was a success, every answered order was made, and verify found nothing"
                : "verify found nothing"
            : $"VERIFY FAILED: {VerifyFindings}";
    }
}
