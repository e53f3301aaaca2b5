using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Hosting.Settings;
using PanelServer.Reports;

namespace PanelServer.Cli;

/// <summary><c>report</c>: what was earned, by day, service, reseller or provider.</summary>
internal static class ReportVerb
{
    private const string DateForm = "yyyy-MM-dd";

    private static readonly Option<DateOnly?> From = DateOf(
        "--from", $"The first day, such as 2026-01-01; {SalesReport.DefaultDays} days up to the last unless told");

    private static readonly Option<DateOnly?> To = DateOf("--to", "The last day, included; today unless told");

    private static readonly Option<bool> Csv = new("--csv") { Description = "Answer in CSV, one line for each row and none for the total" };

    public static Command Command(Verbs verbs) => new("report", "What was earned, by day, service, reseller or provider")
    {
        By(verbs, ReportDimension.Day, "Earnings of each day", "panelserver report day --from 2026-01-01 --to 2026-01-31"),
        By(verbs, ReportDimension.Service, "Earnings of each service", "panelserver report service --from 2026-01-01 --csv > services.csv"),
        By(verbs, ReportDimension.Reseller, "Earnings by each reseller", "panelserver report reseller --to 2026-01-31 --json"),
        By(verbs, ReportDimension.Provider, "Earnings by each provider; - is what no provider has taken", "panelserver report provider"),
        Rebuild(verbs),
    };

    private static Command By(Verbs verbs, ReportDimension by, string what, string example) => verbs.Reading(
        new(
            NameOf(by),
            $"{what}\n\nOrders, what they were charged, what providers charge for them, the margin, and what was paid back.\nA sale counts on the day of its charge, a refund on the day it is booked, a cost on the day it is learned.\n\nExample:\n  {example}")
        { From, To, Csv },
        (context, db) => Task.FromResult(Print(context, db, by)));

    private static Command Rebuild(Verbs verbs) => verbs.Changing<FillDailyTotals>(
        new("rebuild", "Makes the table of days again from the books, after verify has found it wrong.\n\nExample:\n  panelserver report rebuild"),
        async (context, fill) =>
        {
            var newest = await fill.RebuildAsync(context.Progress);
            return context.Write(
                new { Newest = newest },
                string.Create(CultureInfo.InvariantCulture, $"the table of days is made again, up to order {newest}"));
        });

    private static int Print(VerbContext context, PanelDb db, ReportDimension by)
    {
        var (from, to) = (context.Get(From), context.Get(To));
        if (from > to)
        {
            return context.WrongUse($"--from {Text(from.Value)} is after --to {Text(to.Value)}.");
        }

        if (context.Get(Csv) && context.IsJson)
        {
            return context.WrongUse("--csv and --json are two answers: one of the two.");
        }

        var report = SalesReport.Read(db, SettingsTable.Panel.Read(SettingsReader.Read(context.Folder)).TimeZone, by, from, to);
        return context.Get(Csv) ? PrintCsv(context, report, by)
            : context.IsJson ? PrintJson(context, report, by)
            : PrintTable(context, report, by);
    }

    private static int PrintTable(VerbContext context, SalesReport report, ReportDimension by)
    {
        context.Output.WriteLine($"{Text(report.From)} to {Text(report.To)}, days of {report.Zone}, in {report.Currency}");
        var lines = report.Rows
            .Select(row => (Row: KeyOf(row, by), row.Name, row.Figures))
            .Append((Row: "TOTAL", Name: "", Figures: report.Total))
            .ToList();
        (string, Func<(string Row, string Name, DayFigures Figures), object?>)[] named = by == ReportDimension.Service ? [("NAME", line => line.Name)] : [];
        return context.WriteTable(
            lines,
            "",
            line => line,
            [
                (by.ToString().ToUpperInvariant(), line => line.Row),
                .. named,
                ("ORDERS", line => line.Figures.Orders),
                ("EARNINGS", line => new Money(line.Figures.Sales)),
                ("COST", line => new Money(line.Figures.Cost)),
                ("MARGIN", line => new Money(line.Figures.Margin)),
                ("REFUNDS", line => new Money(line.Figures.Refunds)),
            ]);
    }

    private static int PrintCsv(VerbContext context, SalesReport report, ReportDimension by)
    {
        string[] named = by == ReportDimension.Service ? ["name"] : [];
        context.Output.WriteLine(CsvLine.Of([NameOf(by), .. named, "orders", "earnings", "cost", "margin", "refunds"]));
        foreach (var row in report.Rows)
        {
            string[] name = by == ReportDimension.Service ? [row.Name] : [];
            context.Output.WriteLine(CsvLine.Of([KeyOf(row, by), .. name, .. FiguresOf(row.Figures)]));
        }

        return VerbContext.Done;
    }

    private static int PrintJson(VerbContext context, SalesReport report, ReportDimension by) => context.Write(
        new
        {
            By = NameOf(by),
            From = Text(report.From),
            To = Text(report.To),
            TimeZone = report.Zone,
            report.Currency,
            Rows = report.Rows.Select(row => JsonOf(row, by)),
            Total = JsonOf(report.Total),
        },
        "");

    private static Dictionary<string, object> JsonOf(ReportRow row, ReportDimension by)
    {
        Dictionary<string, object> json = by == ReportDimension.Service
            ? new() { ["service"] = row.Key, ["name"] = row.Name }
            : new() { [NameOf(by)] = row.Name };
        foreach (var (name, figure) in JsonOf(row.Figures))
        {
            json[name] = figure;
        }

        return json;
    }

    private static Dictionary<string, object> JsonOf(DayFigures figures) => new()
    {
        ["orders"] = figures.Orders,
        ["earnings"] = new Money(figures.Sales).ToString(),
        ["cost"] = new Money(figures.Cost).ToString(),
        ["margin"] = new Money(figures.Margin).ToString(),
        ["refunds"] = new Money(figures.Refunds).ToString(),
    };

    private static IEnumerable<string> FiguresOf(DayFigures figures) =>
        JsonOf(figures).Values.Select(figure => Convert.ToString(figure, CultureInfo.InvariantCulture)!);

    private static string NameOf(ReportDimension by) => by.ToString().ToLowerInvariant();

    /// <summary>A service is known by its number, everything else by its name.</summary>
    private static string KeyOf(ReportRow row, ReportDimension by) =>
        by == ReportDimension.Service ? row.Key.ToString(CultureInfo.InvariantCulture) : row.Name;

    private static string Text(DateOnly date) => date.ToString(DateForm, CultureInfo.InvariantCulture);

    private static Option<DateOnly?> DateOf(string name, string description) => new(name)
    {
        HelpName = "DATE",
        Description = description,
        CustomParser = given =>
        {
            if (DateOnly.TryParseExact(given.Tokens[0].Value, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return date;
            }

            given.AddError($"{name} is a day such as 2026-01-31, not '{given.Tokens[0].Value}'.");
            return null;
        },
    };
}
