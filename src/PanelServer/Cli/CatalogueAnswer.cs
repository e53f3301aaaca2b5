using PanelServer.Domain;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary>How what an import or a sync has done, or would do, is said.</summary>
internal static class CatalogueAnswer
{
    /// <summary>Says what came of an import.</summary>
    /// <returns>Refused when it was stopped before its end.</returns>
    public static int Say(VerbContext context, ImportReport report, bool isDryRun)
    {
        if (context.IsJson)
        {
            var answer = new
            {
                DryRun = isDryRun,
                Imported = report.Imported.Count,
                Services = report.Imported.Select(one => new
                {
                    Service = one.Id,
                    one.UpstreamService,
                    one.Name,
                    one.Category,
                    Cost = one.Cost.ToString(),
                    Price = one.Price.ToString(),
                }),
                Skipped = report.Skipped.Select(one => new { one.UpstreamService, one.Name, Why = CommandLineTexts.Of(one.Why) }),
                report.Mended,
                Stopped = TextOf(report.Stopped),
            };
            context.Write(answer, "");
        }
        else
        {
            if (isDryRun && report.Imported.Count > 0)
            {
                context.WriteTable(
                    report.Imported,
                    "",
                    one => one,
                    ("ID", one => one.UpstreamService),
                    ("NAME", one => one.Name),
                    ("CATEGORY", one => one.Category),
                    ("COST", one => one.Cost),
                    ("PRICE", one => one.Price));
            }

            var ids = !isDryRun && report.Imported is [{ Id: { } first }, ..] ? FormattableString.Invariant($", {first} to {report.Imported[^1].Id}") : "";
            context.Output.WriteLine(FormattableString.Invariant(
                $"{(isDryRun ? "would import" : "imported")} {Count(report.Imported.Count, "service")}{ids}{(isDryRun ? "; nothing was changed" : "")}"));
            SayUnusable(context, [], report.Mended);
            foreach (var why in report.Skipped.GroupBy(one => one.Why))
            {
                context.Output.WriteLine(FormattableString.Invariant($"skipped {Count(why.Count(), "service")} ({SomeOf(why)}): {CommandLineTexts.Of(why.Key)}"));
            }
        }

        return report.Stopped is { } stopped ? context.Refuse(stopped) : VerbContext.Done;
    }

    /// <summary>Says what came of a sync: what differed, and the sums.</summary>
    /// <returns>Refused when it was stopped before its end.</returns>
    public static int Say(VerbContext context, SyncReport report, bool isDryRun)
    {
        if (context.IsJson)
        {
            var answer = new
            {
                DryRun = isDryRun,
                report.Routes,
                Differences = report.Differences.Select(one => new
                {
                    one.Service,
                    one.UpstreamService,
                    What = SyncCounts.WordOf(one.Kind, isKept: false),
                    one.Was,
                    one.Is,
                    Kept = one.IsKept,
                }),
                report.Unusable,
                report.Mended,
                report.Left,
                Stopped = TextOf(report.Stopped),
            };
            context.Write(answer, "");
        }
        else
        {
            if (report.Differences.Count > 0)
            {
                context.WriteTable(
                    report.Differences,
                    "",
                    one => one,
                    ("SERVICE", one => one.Service),
                    ("WHAT", one => What(one, report.Currency)),
                    ("WAS", one => one.Was),
                    ("IS", one => one.Is));
            }

            var end = isDryRun ? "; nothing was changed" : "";
            context.Output.WriteLine(FormattableString.Invariant(
                $"{report.Provider}: {Count(report.Routes, "service")} compared, {SyncCounts.Of(report.Differences)}{end}"));
            SayUnusable(context, report.Unusable, report.Mended);
            if (report.Left > 0)
            {
                context.Output.WriteLine(FormattableString.Invariant($"{Count(report.Left, "service")} changed meanwhile and left alone; run it again"));
            }

            if (report.Differences.Any(one => one is { Kind: DifferenceKind.Jump, IsKept: true }))
            {
                context.Output.WriteLine("jumps are not taken over; --accept-jumps takes them");
            }
        }

        return report.Stopped is { } stopped ? context.Refuse(stopped) : VerbContext.Done;
    }

    /// <summary>Lists the rows of a catalogue that cannot be used, or not as they came.</summary>
    public static void SayUnusable(VerbContext context, IReadOnlyList<UnusableService> rows, IReadOnlyList<UnusableService> mended)
    {
        foreach (var row in mended)
        {
            context.Output.WriteLine(FormattableString.Invariant($"row {row.Row} of its catalogue (service {row.Id}, {row.Name}): {row.Why}"));
        }

        foreach (var row in rows)
        {
            context.Output.WriteLine(FormattableString.Invariant($"row {row.Row} of its catalogue cannot be used (service {row.Id}, {row.Name}): {row.Why}"));
        }
    }

    private static string? TextOf(Refusal? refusal) => refusal is null ? null : CommandLineTexts.Of(refusal);

    private static string What(Difference one, string? currency)
    {
        var word = SyncCounts.WordOf(one.Kind, one.IsKept);
        return currency is not null && one.Kind is DifferenceKind.Cost or DifferenceKind.Jump ? $"{word} {currency}".TrimEnd() : word;
    }

    private static string SomeOf(IEnumerable<SkippedRow> skipped)
    {
        const int Named = 5;
        var ids = skipped.Select(one => one.UpstreamService).ToList();
        return string.Join(", ", ids.Take(Named)) + (ids.Count > Named ? ", …" : "");
    }

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
