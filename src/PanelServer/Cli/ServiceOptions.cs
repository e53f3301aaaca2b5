using System.CommandLine;
using PanelServer.Catalogue;
using PanelServer.Domain.Refills;

namespace PanelServer.Cli;

/// <summary>The options that describe a service, for adding and for editing one.</summary>
internal static class ServiceOptions
{
    private static readonly Option<string?> Type = Text("--type", "TYPE", "Such as Default, Package, \"Custom Comments\"");
    private static readonly Option<string?> Category = Text("--category", "TEXT", "The category it is listed in");
    private static readonly Option<string?> Name = Text("--name", "TEXT", "Its name");
    private static readonly Option<string?> Description = Text("--description", "TEXT", "What v1 shows as desc");
    private static readonly Option<string?> Rate = Text("--rate", "R", "The price per 1000; of a package, per order");
    private static readonly Option<int?> Min = Number("--min", "N", "The least quantity");
    private static readonly Option<int?> Max = Number("--max", "N", "The greatest quantity");
    private static readonly Option<bool?> Drip = Flag("--drip", "Orders may be split into runs");
    private static readonly Option<int?> Refill = Number("--refill", "DAYS", "Refills are offered so many days after completion; 0 = none");
    private static readonly Option<int?> RefillHours = Number(
        "--refill-hours",
        "HOURS",
        $"Hours since completion or the last refill before one may be asked for (default {RefillWindow.DefaultHoursBetween})");

    private static readonly Option<int?> RefillTimes = Number("--refill-times", "N", "Refills of one order at the most; 0 = as often as the days allow");
    private static readonly Option<bool?> Cancel = Flag("--cancel", "Resellers may ask to cancel");
    private static readonly Option<string?> LinkRule = Text("--link-rule", "RULE", "Any, Url or Host:example.com,example.org");
    private static readonly Option<bool?> DenyDuplicates = Flag("--deny-duplicates", "A reseller may have one running order for a link");

    private static readonly Option<string?>[] NeededTexts = [Type, Category, Name, Rate];
    private static readonly Option<int?>[] NeededNumbers = [Min, Max];

    /// <summary>Gives a command the options of a new service, of which some must be there.</summary>
    public static Command Required(Command command)
    {
        command.Validators.Add(given =>
        {
            var missing = NeededTexts.Cast<Option>().Concat(NeededNumbers).Where(option => given.GetResult(option) is null).ToList();
            if (missing.Count > 0)
            {
                given.AddError($"Missing: {string.Join(", ", missing.Select(option => option.Name))}.");
            }
        });
        return Optional(command);
    }

    /// <summary>Gives a command the options, each of which may be left out.</summary>
    public static Command Optional(Command command)
    {
        foreach (var option in new Option[]
        {
            Type, Category, Name, Description, Rate, Min, Max, Drip, Refill, RefillHours, RefillTimes, Cancel, LinkRule, DenyDuplicates,
        })
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>What was said about the service.</summary>
    public static ServiceDraft Draft(VerbContext context, bool isNew) => new()
    {
        Type = context.Get(Type),
        Category = context.Get(Category),
        Name = context.Get(Name),
        Description = context.Get(Description),
        Rate = context.Get(Rate),
        Min = context.Get(Min),
        Max = context.Get(Max),
        Dripfeed = context.Get(Drip),
        RefillDays = context.Get(Refill) ?? (isNew ? 0 : null),
        RefillHours = context.Get(RefillHours),
        RefillTimes = context.Get(RefillTimes),
        Cancel = context.Get(Cancel),
        LinkRule = context.Get(LinkRule),
        DenyDuplicates = context.Get(DenyDuplicates),
    };

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    private static Option<int?> Number(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    // A flag alone means yes; an edit may also say no.
    private static Option<bool?> Flag(string name, string description) =>
        new(name) { HelpName = "true|false", Description = description, Arity = ArgumentArity.ZeroOrOne };
}
