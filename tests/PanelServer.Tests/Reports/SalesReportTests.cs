using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PanelServer.Cli;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Ledger;
using PanelServer.Reports;
using Xunit.Abstractions;

namespace PanelServer.Tests.Reports;

/// <summary>
/// A month of invented business: what <c>report</c> says ties to the ledger to the last unit, for each dimension, any range
/// and any time zone, whether the table of days is filled, behind, empty or of another zone.
/// </summary>
public sealed class SalesReportTests(ITestOutputHelper log) : IDisposable
{
    private const int Orders = 100_000;
    private const int Seed = 20260331;
    private const int Ranges = 6;

    private static readonly DateOnly First = new(2026, 3, 1);
    private static readonly DateOnly Last = new(2026, 4, 30);

    // Each sets its clocks within the month, or is far from UTC, or by no whole hours.
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"];

    private static readonly ReportDimension[] Dimensions = Enum.GetValues<ReportDimension>();

    private readonly string _folder = Directory.CreateTempSubdirectory("report-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Something that counts, as the ledger and the test's own notes have it.</summary>
    private readonly record struct Fact(long At, int Service, int Reseller, int Provider, DayFigures Figures);

    [Fact]
    public async Task A_month_of_business_ties_to_the_ledger_to_the_last_unit()
    {
        await using var month = await BusinessMonth.InAsync(_folder, Orders, Seed);
        var facts = FactsOf(month);
        AssertAsTheLedger(month, facts);
        var random = new Random(Seed);

        foreach (var zone in Zones)
        {
            // The first is filled as far as it came while business went on; every other table is of another zone at first, and
            // then all orders are added up for a report.
            await SetZoneAsync(zone);
            var expected = Expected(facts, zone);
            await AssertReportsAsync(expected, zone, RandomRange(random), [Dimensions[random.Next(Dimensions.Length)]]);
            await FillAsync(new(month.Panel.Writes, Options.Create(new PanelOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) })));
            await AssertReportsAsync(expected, zone, (First, Last), Dimensions);
            for (var range = 0; range < Ranges; range++)
            {
                await AssertReportsAsync(expected, zone, RandomRange(random), Dimensions);
            }
        }

        Assert.Empty(new Verify(month.Panel.Database).Run());
    }

    private async Task AssertReportsAsync(IReadOnlyList<(DateOnly Day, Fact Fact)> facts, string zone, (DateOnly From, DateOnly To) range, ReportDimension[] dimensions)
    {
        var inRange = facts.Where(one => one.Day >= range.From && one.Day <= range.To).ToList();
        foreach (var by in dimensions)
        {
            var expected = inRange
                .GroupBy(one => NameOf(one.Fact, one.Day, by))
                .Select(group => (group.Key, Figures: Sum(group.Select(one => one.Fact))))
                .Where(row => row.Figures != default)
                .Select(row => LineOf(row.Key, row.Figures))
                .Order(StringComparer.Ordinal);
            var report = await ReportAsync(by, range.From, range.To);
            Assert.Equal(zone, (string?)report["time_zone"]);
            var rows = report["rows"]!.AsArray().Select(row => row!.AsObject());
            Assert.Equal(expected, rows.Select(row => LineOf($"{row[by.ToString().ToLowerInvariant()]}", row)).Order(StringComparer.Ordinal));
            Assert.Equal(LineOf("total", Sum(inRange.Select(one => one.Fact))), LineOf("total", report["total"]!.AsObject()));
        }
    }

    /// <summary>The facts of each day of a time zone, added up where only their instants differ.</summary>
    private static List<(DateOnly Day, Fact Fact)> Expected(List<Fact> facts, string zone)
    {
        var rules = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return
        [
            .. facts
                .GroupBy(fact => (
                    Day: DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddMilliseconds(fact.At), rules)),
                    fact.Service,
                    fact.Reseller,
                    fact.Provider))
                .Select(group => (group.Key.Day, new Fact(0, group.Key.Service, group.Key.Reseller, group.Key.Provider, Sum(group)))),
        ];
    }

    private static DayFigures Sum(IEnumerable<Fact> facts) => facts.Aggregate(default(DayFigures), (sum, fact) => sum + fact.Figures);

    private static (DateOnly From, DateOnly To) RandomRange(Random random)
    {
        var days = Last.DayNumber - First.DayNumber;
        var from = random.Next(days);
        return (First.AddDays(from), First.AddDays(random.Next(from, days + 1)));
    }

    /// <summary>What happened, from the transfers and the orders, with what the test noted: who took an order, and what was learned of its cost.</summary>
    private static List<Fact> FactsOf(BusinessMonth month)
    {
        using var db = month.Panel.Database.OpenReadingDb();
        var orders = db.Orders.AsEnumerable().ToDictionary(row => row.Id);
        var runsOf = orders.Values.Where(row => row.ParentId is not null).OrderBy(row => row.Id).ToLookup(row => row.ParentId!.Value);
        var facts = new List<Fact>();
        foreach (var (id, at) in month.Sold)
        {
            var order = orders[id];
            var runs = runsOf[id].ToList();
            var left = order.Charge.Units;
            foreach (var run in runs.Where(run => month.Takers.ContainsKey(run.Id)))
            {
                Add(id, at, month.Takers[run.Id], new(0, run.Charge.Units, 0, 0));
                left -= run.Charge.Units;
            }

            // A drip-feed's rest is nobody's yet; the order itself is counted where its first run is.
            Add(id, at, order.Runs is null ? TakerOf(id) : 0, new(0, left, 0, 0));
            Add(id, at, TakerOf(runs.Count > 0 ? runs[0].Id : id), new(1, 0, 0, 0));
        }

        foreach (var transfer in db.Transfers.Where(row => row.Kind == TransferKind.Refund || row.Kind == TransferKind.Reversal))
        {
            var units = transfer.Kind == TransferKind.Refund ? transfer.Amount.Units : -transfer.Amount.Units;
            Add(transfer.Subject, transfer.At, TakerOf(transfer.Subject), new(0, 0, 0, units));
        }

        foreach (var (order, at, units) in month.Costs)
        {
            Add(order, at, TakerOf(order), new(0, 0, units, 0));
        }

        return facts;

        int TakerOf(int order) => month.Takers.GetValueOrDefault(order);

        void Add(int order, long at, int provider, DayFigures figures) =>
            facts.Add(new(at, orders[order].ServiceId, orders[order].ResellerId, provider, figures));
    }

    /// <summary>The notes are the ledger's: charges, what went back, what the submissions cost; and there is something of everything.</summary>
    private void AssertAsTheLedger(BusinessMonth month, List<Fact> facts)
    {
        var total = Sum(facts);
        string[] sums =
        [
            $"{total.Orders} {total.Sales} {total.Refunds} {total.Cost}",
        ];
        Assert.Equal(sums, Books.Rows(
            month.Panel.Database,
            $"""
             SELECT {month.Sold.Count}, (SELECT SUM(amount) FROM transfers WHERE kind = 1),
                 (SELECT SUM(amount) FROM transfers WHERE kind = 2) - (SELECT SUM(amount) FROM transfers WHERE kind = 5),
                 (SELECT SUM(cost) FROM sendings WHERE outcome = 1)
             """));
        var kinds = Books.Rows(
            month.Panel.Database,
            """
            SELECT (SELECT COUNT(*) FROM orders WHERE runs IS NOT NULL), (SELECT COUNT(*) FROM transfers WHERE kind = 2),
                (SELECT COUNT(*) FROM transfers WHERE kind = 5), (SELECT COUNT(*) FROM sales_journal WHERE kind = 1 AND provider_id IS NULL AND order_id IN (SELECT order_id FROM sendings)),
                (SELECT COUNT(*) FROM sales_journal WHERE kind = 3)
            """);
        log.WriteLine($"sums {sums[0]}; drip-feeds, refunds, reversals, refunds before a provider, learned costs: {kinds[0]}");
        Assert.All(kinds[0].Split(' '), count => Assert.True(int.Parse(count, CultureInfo.InvariantCulture) > 100, kinds[0]));
    }

    private static async Task FillAsync(FillDailyTotals fill)
    {
        while (await fill.RunOnceAsync())
        {
        }
    }

    private Task SetZoneAsync(string zone) =>
        File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), $$"""{ "Panel": { "TimeZone": "{{zone}}" } }""");

    private async Task<JsonNode> ReportAsync(ReportDimension by, DateOnly from, DateOnly to)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Verbs.RunAsync(
            ["report", by.ToString().ToLowerInvariant(), "--from", Text(from), "--to", Text(to), "--json", "--data", _folder], output, error);
        Assert.True(exit == 0, error.ToString());
        return JsonNode.Parse(output.ToString())!;
    }

    private static string NameOf(Fact fact, DateOnly day, ReportDimension by) => by switch
    {
        ReportDimension.Day => Text(day),
        ReportDimension.Service => fact.Service.ToString(CultureInfo.InvariantCulture),
        ReportDimension.Reseller => $"reseller{fact.Reseller}",
        ReportDimension.Provider => fact.Provider == 0 ? "-" : $"provider{fact.Provider}",
        _ => throw new ArgumentOutOfRangeException(nameof(by)),
    };

    private static string LineOf(string name, JsonObject row) =>
        $"{name}: {row["orders"]} {row["earnings"]} {row["cost"]} {row["margin"]} {row["refunds"]}";

    private static string LineOf(string name, DayFigures figures) =>
        $"{name}: {figures.Orders} {new Money(figures.Sales)} {new Money(figures.Cost)} {new Money(figures.Sales - figures.Refunds - figures.Cost)} {new Money(figures.Refunds)}";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
