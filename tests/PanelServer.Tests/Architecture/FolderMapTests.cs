using System.Text.RegularExpressions;

namespace PanelServer.Tests.Architecture;

/// <summary>The arrows of docs/architecture.md: doors use use cases, use cases use data, never sideways, never upwards.</summary>
public sealed partial class FolderMapTests
{
    // folder → folders it may use; Domain may be used by all.
    private static readonly Dictionary<string, string[]> May = new()
    {
        ["Data"] = [],
        ["Jobs"] = ["Data"],
        ["Idempotency"] = ["Data"],
        ["Catalogue"] = ["Data"],
        ["Refills"] = ["Data", "Idempotency", "Catalogue"],
        ["Orders"] = ["Data", "Idempotency", "Jobs", "Refills", "Texts"],
        ["Cancels"] = ["Data", "Idempotency", "Catalogue", "Orders"],
        ["Subscriptions"] = ["Data", "Jobs", "Orders"],
        ["Ledger"] = ["Data", "Subscriptions"],
        ["Reports"] = ["Data"],
        ["Queries"] = ["Data", "Catalogue", "Ledger", "Orders", "Providers", "Texts"],
        ["Resellers"] = ["Data", "Ledger"],
        ["Providers"] = ["Data", "Jobs", "Catalogue", "Orders", "Refills", "Cancels", "Texts"],
        ["Sandbox"] =
        [
            "Data", "Jobs", "Catalogue", "Ledger", "Resellers", "Orders", "Refills", "Cancels", "Subscriptions", "Providers",
            "Texts",
        ],
        ["Conformance"] = [],
        ["Texts"] = ["Data"],
        ["ResellerApi"] = ["Data", "Idempotency", "Catalogue", "Ledger", "Resellers", "Orders", "Refills", "Cancels", "Hosting"],
        ["Cli"] =
        [
            "Data", "Jobs", "Catalogue", "Ledger", "Resellers", "Orders", "Refills", "Cancels", "Subscriptions", "Sandbox",
            "Conformance", "Providers", "Queries", "Reports", "Hosting", "Texts",
        ],
        ["Hosting"] =
        [
            "Data", "Jobs", "Idempotency", "Catalogue", "Ledger", "Resellers", "Orders", "Refills", "Cancels", "Subscriptions",
            "Providers", "Reports", "Sandbox", "ResellerApi",
        ],
    };

    [Fact]
    public void A_folder_uses_only_what_the_map_allows()
    {
        var source = Repository.PathOf("src/PanelServer");
        var offences =
            from file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(source, file).Split(Path.DirectorySeparatorChar)[0]
            where folder != "Program.cs"
            from Match use in Use().Matches(File.ReadAllText(file))
            let other = use.Groups[1].Value
            where other != folder && other != "Domain" && !May[folder].Contains(other)
            select $"{Path.GetRelativePath(source, file)} uses {other}";

        Assert.Empty(offences);
    }

    [Fact]
    public void The_map_names_every_folder()
    {
        var folders = Directory.EnumerateDirectories(Repository.PathOf("src/PanelServer"))
            .Select(Path.GetFileName)
            .Where(folder => folder is not ("Properties" or "bin" or "obj"));

        Assert.Equal(May.Keys.Order(), folders.Order());
    }

    [GeneratedRegex(@"\bPanelServer\.([A-Z]\w+)\b")]
    private static partial Regex Use();
}
