using System.CommandLine;
using System.Text.Json.Nodes;
using PanelServer.Cli;
using PanelServer.Data;
using PanelServer.Domain.Catalogue;
using PanelServer.Providers.Client;
using static PanelServer.Tests.Providers.Catalogue.SellingPanel;

namespace PanelServer.Tests.Providers.Catalogue;

/// <summary>What operators type, and what they read.</summary>
public sealed class CatalogueVerbTests
{
    private static readonly UpstreamCatalogue Theirs3 = new(
        [
            Theirs("11", "0.50"),
            Theirs("12", "1.00", "Likes"),
            Theirs("13", "2.00", "Votes", "TikTok") with { Type = null, TypeText = "Votes" },
            Theirs("14", "3.00", "Posts", "TikTok") with { Type = ServiceType.Subscriptions, TypeText = "Subscriptions" },
        ],
        [new(5, "15", "Poison", "rate 0")]);

    [Fact]
    public async Task Mark_ups_are_set_listed_and_removed()
    {
        await using var panel = await OpenAsync();

        Assert.Equal(
            "acme has no mark-up: prices are its costs; `panelserver provider markup acme --percent 20%` sets one",
            await SaidAsync(panel, "provider", "markup", "acme"));
        Assert.Equal(
            "all services of acme: 20%, rounded up to 0.05; `panelserver provider sync acme` makes prices follow",
            await SaidAsync(panel, "provider", "markup", "acme", "--percent", "20%", "--round-up", "0.05"));
        Assert.Equal(
            "all services of acme: 20%, + 0.10, rounded up to 0.05, at most 5.00; `panelserver provider sync acme` makes prices follow",
            await SaidAsync(panel, "provider", "markup", "acme", "--fixed", "0.10", "--ceiling", "5"));
        await SaidAsync(panel, "provider", "markup", "acme", "--category", "Instagram", "--percent", "35", "--floor", "0.1");
        await SaidAsync(panel, "provider", "markup", "acme", "--category", "INSTAGRAM", "--percent", "36");
        await SaidAsync(panel, "provider", "markup", "acme", "--service", "17", "--percent", "1.5", "--round-up", "0");

        Assert.Equal(
            """
            OF                  PERCENT  FIXED  ROUND UP  FLOOR  CEILING
            all services        20%      0.10   0.05             5.00
            service 17          1.5%     0.00
            category Instagram  36%      0.00             0.10
            """,
            await SaidAsync(panel, "provider", "markup", "acme"));

        Assert.Equal("service 17 of acme: the mark-up is removed", await SaidAsync(panel, "provider", "markup", "acme", "--service", "17", "--remove"));
        Assert.Equal((1, "there is no mark-up of service 17 of acme"), await RefusedAsync(panel, "provider", "markup", "acme", "--service", "17", "--remove"));
        Assert.Equal(6, panel.Read(db => db.Audit.Count(row => row.Action == "provider markup")));
        Assert.Equal(
            """[{"category":"","service":"","percent":"20%","fixed":"0.10","round_up":"0.05","floor":null,"ceiling":"5.00"},{"category":"Instagram","service":"","percent":"36%","fixed":"0.00","round_up":null,"floor":"0.10","ceiling":null}]""",
            await SaidAsync(panel, "provider", "markup", "acme", "--json"));
    }

    [Theory]
    [InlineData("provider markup nobody", 1, "there is no provider nobody; see `panelserver provider list`")]
    [InlineData("provider markup nobody --percent 1", 1, "there is no provider nobody; see `panelserver provider list`")]
    [InlineData("provider services nobody", 1, "there is no provider nobody; see `panelserver provider list`")]
    [InlineData("provider import nobody --all", 1, "there is no provider nobody; see `panelserver provider list`")]
    [InlineData("provider sync nobody", 1, "there is no provider nobody; see `panelserver provider list`")]
    [InlineData("provider markup acme --percent -1", 2, "--percent -1 is not a percentage: 0% to 100000%, at most two decimals.")]
    [InlineData("provider markup acme --floor x", 2, "--floor x is not a price: 0 to 10000000.00, at most 8 decimals.")]
    [InlineData("provider markup acme --service 1 --category x --percent 1", 2, "--category and --service do not go together.")]
    [InlineData("provider markup acme --service 1", 2, "Say what: --percent, --fixed, --round-up, --floor, --ceiling or --remove.")]
    [InlineData("provider markup acme --remove --percent 1", 2, "--remove takes no values.")]
    [InlineData("provider import acme", 2, "Say which: --all, --services IDS, --category TEXT or --search TEXT.")]
    [InlineData("provider import acme --all --services 1", 2, "--all and --services do not go together.")]
    [InlineData("provider sync acme --max-jump much", 2, "--max-jump much is not a percentage: 0% to 100000%, at most two decimals.")]
    [InlineData("provider sync acme --markup 20%%", 2, "--markup 20%% is not a percentage: 0% to 100000%, at most two decimals.")]
    [InlineData("alert close 9", 1, "there is no open alert 9; see `panelserver alert list`")]
    public async Task What_cannot_be_is_refused_in_one_line(string line, int exit, string why)
    {
        await using var panel = await OpenAsync();

        var (said, error) = await RefusedAsync(panel, line.Split(' '));

        Assert.Equal(exit, said);
        Assert.StartsWith(why, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task A_catalogue_is_shown_imported_compared_and_alerts_are_closed()
    {
        await using var panel = await OpenAsync();
        await panel.MarkupAsync("20%");

        Assert.Equal(
            """
            ID  NAME       TYPE     CATEGORY   COST USD  PRICE USD  MIN  MAX   SERVICE
            11  Followers  Default  Instagram  0.50      0.60       10   1000
            12  Likes      Default  Instagram  1.00      1.20       10   1000
            13  Votes      Votes    TikTok     2.00                 10   1000
            3 of 4; --limit shows more
            row 5 of its catalogue cannot be used (service 15, Poison): rate 0
            """,
            await DoneAsync(panel, ProviderCatalogueVerbs.ServicesShape(), Show, "services", "acme", "--limit", "3"));
        Assert.Equal(
            """
            ID  NAME       CATEGORY  COST  PRICE
            11  Followers  Mine      0.50  0.60
            12  Likes      Mine      1.00  1.20
            would import 2 services; nothing was changed
            skipped 1 service (13): type Votes is not known here
            skipped 1 service (14): a subscription is run by this panel: make one and route it to a service of type Default
            skipped 1 service (15): it cannot be used as the catalogue lists it: rate 0
            """,
            await DoneAsync(panel, ProviderCatalogueVerbs.ImportShape(), Import, "import", "acme", "--all", "--into", "Mine", "--dry-run"));
        Assert.StartsWith(
            "imported 2 services, 1 to 2\nskipped",
            await DoneAsync(panel, ProviderCatalogueVerbs.ImportShape(), Import, "import", "acme", "--services", "11,12,99", "--into", "Mine"),
            StringComparison.Ordinal);

        var changed = Listing(Theirs("11", "0.60", "Fans"), Theirs("12", "100", "Likes"));
        Assert.Equal(
            """
            SERVICE  WHAT             WAS        IS
            1        cost USD         0.50       0.60
            1        price            0.60       0.72
            1        name             Followers  Fans
            2        jump (kept) USD  1.00       100.00
            2        below cost       1.20       100.00
            acme: 2 services compared, 1 cost, 1 price, 1 name, 1 jump (kept), 1 below cost; nothing was changed
            jumps are not taken over; --accept-jumps takes them
            """,
            await DoneAsync(panel, ProviderCatalogueVerbs.SyncShape(), With(changed), "sync", "acme", "--dry-run"));
        await DoneAsync(panel, ProviderCatalogueVerbs.SyncShape(), With(changed), "sync", "acme");

        var alerts = JsonNode.Parse(await SaidAsync(panel, "alert", "list", "--json"))!.AsArray();
        Assert.Equal(["PriceJump", "BelowCost"], alerts.Select(alert => (string)alert!["kind"]!));
        Assert.Contains("service 2 (Likes) cost 1.00 and costs 100.00 now", await SaidAsync(panel, "alert", "list"), StringComparison.Ordinal);
        Assert.Equal("alert 1 closed", await SaidAsync(panel, "alert", "close", "1"));
        Assert.Equal(
            """{"dry_run":true,"routes":2,"differences":[{"service":2,"upstream_service":"12","what":"jump","was":"1.00","is":"100.00","kept":true}],"unusable":[],"mended":[],"left":0,"stopped":null}""",
            await DoneAsync(panel, ProviderCatalogueVerbs.SyncShape(), With(changed), "sync", "acme", "--dry-run", "--json"));
    }

    private static Func<VerbContext, Panel, int, UpstreamCatalogue, Task<int>> With(UpstreamCatalogue theirs) =>
        (context, panel, provider, _) => ProviderCatalogueVerbs.SyncAsync(context, panel.SyncServices, provider, theirs);

    private static Task<int> Import(VerbContext context, Panel panel, int provider, UpstreamCatalogue theirs) =>
        ProviderCatalogueVerbs.ImportAsync(context, panel.ImportUpstream, provider, theirs);

    private static Task<int> Show(VerbContext context, Panel panel, int provider, UpstreamCatalogue theirs) =>
        ProviderCatalogueVerbs.ShowAsync(context, panel.Get<QueryReaders>(), provider, theirs);

    // A verb whose provider has just been asked.
    private static async Task<string> DoneAsync(
        SellingPanel panel,
        Command shape,
        Func<VerbContext, Panel, int, UpstreamCatalogue, Task<int>> work,
        params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new VerbContext(new RootCommand { shape, VerbOptions.Json }.Parse(args), VerbCall.Of(args), output, error, new Progress<double>());
        var exit = await work(context, panel.Panel, panel.Provider, Theirs3);
        Assert.True(exit == 0, error.ToString());
        return output.ToString().Trim();
    }

    private static async Task<string> SaidAsync(SellingPanel panel, params string[] args)
    {
        var (exit, output, error) = await RunAsync(panel, args);
        Assert.True(exit == 0, error);
        return output;
    }

    private static async Task<(int Exit, string Error)> RefusedAsync(SellingPanel panel, params string[] args)
    {
        var (exit, output, error) = await RunAsync(panel, args);
        Assert.Equal("", output);
        return (exit, error);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(SellingPanel panel, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] line = [.. args, "--data", panel.Panel.Folder.Path];

        // What only reads is not a server's to carry out.
        var exit = args.Contains("list")
            ? await Verbs.RunAsync(line, output, error)
            : await Verbs.RunServedAsync(panel.Panel.All, VerbCall.Of(line), output, error, new Progress<double>(), CancellationToken.None);
        return (exit, output.ToString().Trim(), error.ToString().Trim());
    }
}
