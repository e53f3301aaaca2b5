using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Texts;
using static PanelServer.Tests.Providers.Catalogue.SellingPanel;

namespace PanelServer.Tests.Providers.Catalogue;

/// <summary>A provider's services become services here, each with its price and its route.</summary>
public sealed class ImportUpstreamTests
{
    [Fact]
    public async Task Two_thousand_services_come_in_with_their_mark_up()
    {
        await using var panel = await OpenAsync();
        await panel.Panel.SetMarkup.SetAsync(Actors.Operator, "ACME", MarkupScope.Provider, new(2_000, null, Rates("0.05"), Rates("0.10"), null));
        await panel.Panel.SetMarkup.SetAsync(Actors.Operator, "acme", MarkupScope.OfCategory("category 3"), new(10_000, Rates("0.01"), null, null, Rates("1.00")));
        await panel.Panel.SetMarkup.SetAsync(Actors.Operator, "acme", MarkupScope.OfService("503"), new(0, null, null, null, null));
        var theirs = Listing([.. Enumerable.Range(1, 2_000).Select(at => Theirs(
            $"{at}",
            (at * 0.0013m).ToString(CultureInfo.InvariantCulture),
            $"Service {at}",
            $"Category {at % 10}"))]);

        var report = await panel.ImportAsync(theirs);

        Assert.Equal((2_000, 0, null), (report.Imported.Count, report.Skipped.Count, report.Stopped));
        var catalogue = panel.Panel.Services.Get();
        Assert.Equal(Enumerable.Range(1, 2_000).Select(at => (at, at, $"Service {at}")), catalogue.All.Select(one => (one.Id, one.Position, one.Name)));
        Assert.Equal(
            [(1, "0.10"), (2, "0.10"), (3, "0.0178"), (100, "0.20"), (503, "0.6539"), (1_003, "1.3039"), (2_000, "3.15")],
            new[] { 1, 2, 3, 100, 503, 1_003, 2_000 }.Select(id => (id, $"{catalogue.Any(id)!.Rate}")));
        Assert.Equal(4, panel.Read(db => db.Audit.Count(row => row.Action == "provider import")));
        Assert.Empty(await panel.SyncAsync(theirs));
    }

    [Fact]
    public async Task A_service_comes_in_with_all_that_it_says_and_a_route()
    {
        await using var panel = await OpenAsync();
        var theirs = Theirs("a-7", "0.90") with { Dripfeed = true, Description = "fast", Type = ServiceType.Seo, TypeText = "SEO" };

        await panel.ImportAsync(
            Listing(theirs, Theirs("8") with { Dripfeed = true, Refill = false, Cancel = false, Description = new('x', 1_001) }),
            new() { Into = "Mine", Disabled = true });

        var (first, second) = (panel.Service(1), panel.Service(2));
        Assert.Equal(("Followers", "Mine", "fast", ServiceType.Seo, false, false), (first.Name, first.Category, first.Description, first.Type, first.Enabled, first.Dripfeed));
        Assert.Equal((10, 1_000, true, new RefillWindow()), (first.Min, first.Max, first.Cancel, first.Refill));
        Assert.Equal((true, null, false, ""), (second.Dripfeed, second.Refill, second.Cancel, second.Description));
        var route = panel.Route(1);
        Assert.Equal(
            ("a-7", 1, true, null, "0.90", "0.90", 10, 1_000, "Followers", "Instagram"),
            (route.UpstreamService, route.Priority, route.Enabled, route.Locked, $"{route.Cost}", $"{route.SyncedRate}", route.UpstreamMin, route.UpstreamMax, route.UpstreamName, route.UpstreamCategory));
    }

    [Fact]
    public async Task A_further_run_goes_on_where_the_first_stopped()
    {
        await using var panel = await OpenAsync();
        await panel.ImportAsync(Listing(Theirs("1"), Theirs("2")));

        var report = await panel.ImportAsync(Listing(Theirs("1"), Theirs("2"), Theirs("3"), Theirs("3", "9")));

        Assert.Equal(["3"], report.Imported.Select(one => one.UpstreamService));
        Assert.Equal(
            ["1 it is already imported", "2 it is already imported", "3 its id is listed twice"],
            report.Skipped.Select(one => $"{one.UpstreamService} {CommandLineTexts.Of(one.Why)}"));
        Assert.Equal("1.00", $"{panel.Service(3).Rate}");
    }

    [Theory]
    [InlineData("price 0", "its price 0.00 is none")]
    [InlineData("type", "type Votes is not known here")]
    [InlineData("subscription", "a subscription is run by this panel: make one and route it to a service of type Default")]
    [InlineData("bounds", "its bounds 5 to 4 are none")]
    [InlineData("min 0", "its bounds 0 to 4 are none")]
    [InlineData("name", "its name is no line of text")]
    [InlineData("category", "its category is no line of text; --into gives one")]
    [InlineData("id", "its id cannot be kept")]
    [InlineData("row", "it cannot be used as the catalogue lists it: rate -1")]
    public async Task Poison_never_gets_in(string what, string why)
    {
        await using var panel = await OpenAsync();
        var theirs = Theirs("7");
        theirs = what switch
        {
            "price 0" => theirs with { Rate = default },
            "type" => theirs with { Type = null, TypeText = "Votes" },
            "subscription" => theirs with { Type = ServiceType.Subscriptions, TypeText = "Subscriptions" },
            "bounds" => theirs with { Min = 5, Max = 4 },
            "min 0" => theirs with { Min = 0, Max = 4 },
            "name" => theirs with { Name = "a\nb" },
            "category" => theirs with { Category = "" },
            "id" => theirs with { Id = new('7', 65) },
            _ => theirs,
        };
        var catalogue = what == "row" ? new UpstreamCatalogue([Theirs("1")], [new(2, "7", "Poison", "rate -1")]) : Listing(Theirs("1"), theirs);

        var report = await panel.ImportAsync(catalogue);

        Assert.Equal(["1"], report.Imported.Select(one => one.UpstreamService));
        Assert.Equal([why], report.Skipped.Select(one => CommandLineTexts.Of(one.Why)));
        Assert.Equal((1, 1), panel.Read(db => (db.Services.Count(), db.Routes.Count())));
    }

    [Fact]
    public async Task What_is_chosen_comes_in_and_nothing_else()
    {
        await using var panel = await OpenAsync();
        var theirs = Listing(
            Theirs("1", name: "Likes", category: "Instagram"),
            Theirs("2", name: "Real LIKES", category: "TikTok"),
            Theirs("3", name: "Views", category: "tiktok"));
        async Task<string> Chosen(ImportSelection selection) =>
            string.Join(' ', (await panel.ImportAsync(theirs, selection, dryRun: true)).Imported.Select(one => one.UpstreamService));

        Assert.Equal("1 2 3", await Chosen(new()));
        Assert.Equal("3", await Chosen(new() { Services = ["3", "4"] }));
        Assert.Equal("2 3", await Chosen(new() { Categories = ["TIKTOK"] }));
        Assert.Equal("1 2", await Chosen(new() { Search = "likes" }));
        Assert.Equal("2", await Chosen(new() { Categories = ["TikTok"], Search = "likes" }));
        Assert.Equal(
            "4 it is not in the catalogue",
            (await panel.ImportAsync(theirs, new() { Services = ["3", "4"] }, dryRun: true)).Skipped.Select(one => $"{one.UpstreamService} {CommandLineTexts.Of(one.Why)}").Single());
        Assert.Equal(
            "no service of acme is chosen; see `panelserver provider services acme`",
            CommandLineTexts.Of((await panel.Panel.ImportUpstream.RunAsync(Actors.Operator, panel.Provider, theirs, new() { Search = "none" }, false, new Progress<double>())).Refusal!));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        await using var panel = await OpenAsync();
        var before = panel.Dump();

        var report = await panel.ImportAsync(Listing(Theirs("1"), Theirs("2")), dryRun: true);

        Assert.Equal([null, null], report.Imported.Select(one => one.Id));
        Assert.Equal(before, panel.Dump());
    }

    [Fact]
    public async Task A_provider_of_another_currency_needs_an_exchange_rate()
    {
        await using var panel = await OpenAsync("TRY");
        var theirs = Listing(Theirs("1", "10"));
        const string Why = "acme counts in TRY and this panel in USD: say what one TRY is in USD with provider edit acme --exchange RATE";

        Assert.Equal(Why, CommandLineTexts.Of((await panel.Panel.ImportUpstream.RunAsync(Actors.Operator, panel.Provider, theirs, new(), false, new Progress<double>())).Refusal!));
        Assert.Equal(Why, CommandLineTexts.Of((await panel.TrySyncAsync(theirs)).Refusal!));
        Assert.Equal(Why, CommandLineTexts.Of((await panel.Panel.WatchServices.RunAsync(ActorContext.System, panel.Provider, theirs)).Refusal!));

        await panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            var row = unit.Db.Providers.First();
            (row.Exchange, row.ExchangeSet) = (2_500_000, true);
            return unit.Db.Providers.Update(row).Entity.Id;
        });
        await panel.ImportAsync(theirs);

        Assert.Equal(("0.25", "10.00"), ($"{panel.Service(1).Rate}", $"{panel.Route(1).Cost}"));
    }

    [Fact]
    public async Task A_cost_or_price_that_is_out_of_range_is_refused_by_name_and_never_cut()
    {
        await using var panel = await OpenAsync("DONG", exchange: 25_000 * 100_000_000L);
        await panel.MarkupAsync("20%");

        var report = await panel.ImportAsync(Listing(Theirs("1", "500"), Theirs("2", "350"), Theirs("3", "300")));
        Assert.Equal(
            [
                "1 its cost of 500.00 there is above 10000000.00 here, the dearest rate",
                "2 its price, at a cost of 8750000.00 here, is above 10000000.00 here, the dearest rate",
            ],
            report.Skipped.Select(one => $"{one.UpstreamService} {CommandLineTexts.Of(one.Why)}"));
        Assert.Equal(("9000000.00", 1), ($"{panel.Service(1).Rate}", report.Imported.Count));

        await panel.SyncAsync(Listing(Theirs("3", "500")), new() { AcceptJumps = true });
        Assert.Equal(
            ("9000000.00", "below cost: it costs more than 10000000.00 and is sold for 9000000.00"),
            ($"{panel.Service(1).Rate}", panel.Route(1).Locked));
        Assert.Equal(["BelowCost 3", "Changed 3"], panel.Alerts());
        Assert.Null(panel.Panel.Services.Get().Sold(1));
    }

    [Fact]
    public async Task No_service_comes_in_where_no_id_is_left()
    {
        await using var panel = await OpenAsync();
        await panel.ImportAsync(Listing(Theirs("1")));
        await panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            var row = unit.Db.Services.First();
            row.Id = Limits.MaxId - 1;
            unit.Db.Services.Add(row);
            return 0;
        });

        Assert.Equal(
            "no_id_left",
            (await panel.Panel.ImportUpstream.RunAsync(Actors.Operator, panel.Provider, Listing(Theirs("2"), Theirs("3")), new(), false, new Progress<double>())).Refusal!.Code);
        Assert.Equal(Limits.MaxId, (await panel.ImportAsync(Listing(Theirs("2")))).Imported.Single().Id);
    }
}
