using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>Answers that nobody has thought of, made of bytes and of pieces of known ones.</summary>
public sealed class AnyAnswerTests
{
    private static readonly int[] Statuses = [200, 201, 302, 400, 401, 408, 429, 500, 503];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"order\"", "\"error\"", "\"errors\"", "\"status\"", "\"refill\"", "\"cancel\"", "\"data\"", "\"id\"",
        "\"success\"", "\"message\"", "\"charge\"", "\"remains\"", "\"balance\"", "\"service\"", "\"name\"", "\"rate\"", "\"1\"", "\"2\"",
        "1", "0", "-1", "1.5", "1e3", "1e-3", "null", "true", "false", "\"\"", "\"fail\"", "\"Completed\"", "\"\\ud800\"", "\"\\u0000\"", "\"Incorrect\"",
        "\uFEFF", " ", "<html>", "99999999999999999999999999",
    ];

    private static readonly string[] Names =
        ["order", "error", "errors", "status", "refill", "cancel", "data", "id", "success", "message", "charge", "remains", "orders", "balance", "1", "2", "rate", "min"];

    [Fact]
    public void No_bytes_make_a_reader_throw() =>
        Properties.Hold(Prop.ForAll<byte[], PositiveInt>((bytes, pick) => Judge(bytes, pick.Get)), tries: 100);

    [Fact]
    public void No_heap_of_pieces_makes_a_reader_throw() =>
        Properties.Hold(tries: 2_000, property: Prop.ForAll<byte[], PositiveInt>((picks, pick) =>
            Judge(Encoding.UTF8.GetBytes(string.Concat(picks.Select(piece => Pieces[piece % Pieces.Length]))), pick.Get)));

    [Fact]
    public void No_valid_document_makes_a_reader_throw() =>
        Properties.Hold(tries: 5_000, property: Prop.ForAll<byte[], PositiveInt>((picks, pick) =>
            Judge(Encoding.UTF8.GetBytes(Document(new Queue<byte>(picks), 4)), pick.Get)));

    // Any value: what comes out of the picks, until they are used up.
    private static string Document(Queue<byte> picks, int depth)
    {
        if (!picks.TryDequeue(out var pick))
        {
            return "1";
        }

        var count = (pick >> 3) % 4;
        return (pick % 8) switch
        {
            <= 3 when depth > 0 => $"{{{string.Join(',', Enumerable.Range(0, count + 1).Select(_ => $"\"{NameOf(picks)}\":{Document(picks, depth - 1)}"))}}}",
            4 when depth > 0 => $"[{string.Join(',', Enumerable.Range(0, count).Select(_ => Document(picks, depth - 1)))}]",
            _ => Scalar(pick),
        };
    }

    private static string NameOf(Queue<byte> picks) => Names[(picks.TryDequeue(out var pick) ? pick : 0) % Names.Length];

    private static string Scalar(byte pick) => (pick % 13) switch
    {
        0 => "0",
        1 => "\"1\"",
        2 => "null",
        3 => "true",
        4 => "false",
        5 => "\"fail\"",
        6 => "\"success\"",
        7 => "\"Not enough funds\"",
        8 => "-7",
        9 => "\"Completed\"",
        10 => "1.25e-3",
        11 => "\"\"",
        _ => "42",
    };

    private static bool Judge(byte[] body, int pick)
    {
        var status = Statuses[pick % Statuses.Length];
        var answer = Given.Answer(body, status);
        var verdicts = new[] { SubmissionResponseReader.Add(answer), SubmissionResponseReader.Refill(answer, "1") };
        _ = StatusReader.Orders(answer, ["1"]);
        _ = StatusReader.Orders(answer, ["1", "2"]);
        _ = StatusReader.Refills(answer, ["1", "2"]);
        _ = BalanceReader.Read(answer);
        _ = CatalogueReader.Read(answer);
        verdicts[1] = verdicts[1] with { UpstreamId = verdicts[1].UpstreamId ?? "1" };
        return verdicts.All(IsSound) && IsSound(SubmissionResponseReader.Cancel(answer, "1") with { UpstreamId = "1" });

        bool IsSound(ParsedResponse verdict) => verdict.Outcome switch
        {
            SubmissionOutcome.Accepted => status is 200 or 201 && UpstreamIds.IsId(verdict.UpstreamId!) && verdict.Objection is null,
            SubmissionOutcome.Rejected => status < 500 && verdict.Objection is RejectionReason.Request or RejectionReason.Service or RejectionReason.Account or RejectionReason.Unclear,
            SubmissionOutcome.Deferred => status < 500 && verdict.Objection is RejectionReason.Funds or RejectionReason.Key or RejectionReason.Rate or RejectionReason.Busy or RejectionReason.Limit,
            SubmissionOutcome.Unknown => verdict.Objection is null && verdict.Reason.Length > 0,
            SubmissionOutcome.UnderWay or SubmissionOutcome.NotSent or SubmissionOutcome.NotAccepted => false,
        };
    }
}
