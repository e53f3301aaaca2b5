using System.Text.RegularExpressions;
using System.Xml.Linq;
using PanelServer.Data;
using PanelServer.Hosting.Settings;

namespace PanelServer.Tests.Architecture;

/// <summary>Habits that a machine can keep (docs/architecture.md).</summary>
public sealed partial class HabitTests
{
    private static readonly string[] EmptySuffixes = ["Manager", "Helper", "Helpers", "Util", "Utils"];

    // Re-licensed, or free only for some: a name here with at least this major version is kept out.
    private static readonly Dictionary<string, int> KeptOut = new()
    {
        ["MediatR"] = 13,
        ["AutoMapper"] = 15,
        ["MassTransit"] = 9,
        ["FluentAssertions"] = 8,
        ["Duende."] = 0,
        ["SixLabors.ImageSharp"] = 3,
        ["QuestPDF"] = 0,
        ["EPPlus"] = 0,
        ["NBomber"] = 0,
        ["Telerik."] = 0,
        ["DevExpress."] = 0,
    };

    [Fact]
    public void No_class_is_named_by_an_empty_suffix()
    {
        var offences = typeof(Program).Assembly.GetTypes()
            .Concat(typeof(Domain.Money).Assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("PanelServer", StringComparison.Ordinal) == true)
            .Where(type => EmptySuffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal)))
            .Select(type => type.FullName);

        Assert.Empty(offences);
    }

    [Fact]
    public void No_stored_value_is_a_fraction_of_the_machine()
    {
        var offences =
            from entity in typeof(PanelDb).GetProperties()
            where entity.PropertyType.IsGenericType
            from property in entity.PropertyType.GenericTypeArguments[0].GetProperties()
            let type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
            where type == typeof(decimal) || type == typeof(double) || type == typeof(float)
            select $"{property.DeclaringType!.Name}.{property.Name}";

        Assert.Empty(offences);
    }

    /// <summary>Who is in a hurry leaves them out by <c>--filter Category!=Process</c>.</summary>
    [Fact]
    public void Tests_that_start_the_program_are_of_the_category_process()
    {
        var without =
            from file in Directory.EnumerateFiles(Repository.PathOf("tests/PanelServer.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            where !file.Contains("/Architecture/", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            where StartsTheProgram().IsMatch(text) != text.Contains("[Trait(\"Category\", \"Process\")]\n", StringComparison.Ordinal)
            select Path.GetFileName(file);

        Assert.Empty(without);
    }

    [Fact]
    public void Every_package_has_a_decision_page()
    {
        var pages = string.Concat(Directory.EnumerateFiles(Repository.PathOf("docs/decisions"), "*.md").Select(File.ReadAllText));
        var without = Packages().Select(package => package.Name).Where(name => !pages.Contains($"`{name}`", StringComparison.Ordinal));

        Assert.Empty(without);
    }

    [Fact]
    public void No_package_is_of_a_kind_that_is_kept_out()
    {
        var offences =
            from package in Packages()
            from kept in KeptOut
            where package.Name.StartsWith(kept.Key, StringComparison.Ordinal) && package.Major >= kept.Value
            select package.Name;

        Assert.Empty(offences);
    }

    [Fact]
    public void Only_the_write_door_saves()
    {
        var offences = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "UnitOfWork.cs")
            .Where(file => Saves().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Empty(offences);
    }

    [Fact]
    public void The_command_line_parses_and_prints_and_asks_no_table()
    {
        var offences =
            from file in Directory.EnumerateFiles(Repository.PathOf("src/PanelServer/Cli"), "*.cs", SearchOption.AllDirectories)
            from Match use in AsksTables().Matches(File.ReadAllText(file))
            select $"{Path.GetFileName(file)}: {use.Value}";

        Assert.Empty(offences);
    }

    [Fact]
    public void The_settings_are_the_documented_ones()
    {
        var operating = File.ReadAllText(Repository.PathOf("docs/operating.md"));

        Assert.All(SettingsTable.Names, setting => Assert.Contains($"`{setting.Name}`", operating, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, int Major)> Packages() =>
        from element in XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants()
        where element.Name.LocalName is "PackageVersion" or "GlobalPackageReference"
        let version = element.Attribute("Version")!.Value
        select (element.Attribute("Include")!.Value, int.Parse(version.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\.(SaveChanges|SaveChangesAsync|BeginTransaction|BeginTransactionAsync)\(")]
    private static partial Regex Saves();

    [GeneratedRegex(@"PanelProcess\.|\b(PanelFixture|FuzzFixture|Sellers)\b|[fF]older\.(Try)?ServeAsync\(|RunProcessAsync|Process\.Start\(")]
    private static partial Regex StartsTheProgram();

    [GeneratedRegex(@"Microsoft\.EntityFrameworkCore|\b[dD]b\.[A-Z]\w*")]
    private static partial Regex AsksTables();
}
