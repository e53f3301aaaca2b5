using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Texts;
using static PanelServer.Tests.Providers.Catalogue.SellingPanel;

namespace PanelServer.Tests.Providers.Catalogue;

/// <summary>Prices follow costs, own words stay, and what cannot be believed waits.</summary>
public sealed class SyncServicesTests
{
    [Fact]
    public async Task Prices_follow_costs_and_a_dry_run_says_so_before()
    {
        await using var panel = await SellingAsync(3);
        var theirs = Listing(Theirs("1", "1.10"), Theirs("2", name: "Likes"), Theirs("3") with { Max = 5_000 });
        string[] differences = ["1 cost 1.00 > 1.10", "1 price 1.20 > 1.32", "2 name Followers > Likes", "3 max 1000 > 5000"];
        var before = panel.Dump();

        Assert.Equal(differences, await panel.SyncAsync(theirs, new() { DryRun = true }));
        Assert.Equal(before, panel.Dump());
        Assert.Equal(differences, await panel.SyncAsync(theirs));

        Assert.Equal(("1.32", "Likes", 5_000), ($"{panel.Service(1).Rate}", panel.Service(2).Name, panel.Service(3).Max));
        Assert.Equal(
            "1 cost, 1 price, 1 name, 1 max",
            panel.Read(db => db.Audit.Single(row => row.Action == "provider sync").Detail));
        Assert.NotNull(panel.Read(db => db.Providers.Single().ComparedAt));
        Assert.Empty(await panel.SyncAsync(theirs));
        Assert.Equal(1, panel.Read(db => db.Audit.Count(row => row.Action == "provider sync")));
    }

    [Fact]
    public async Task A_new_mark_up_is_kept_unless_it_is_a_dry_run()
    {
        await using var panel = await SellingAsync(1);
        var (theirs, before) = (Listing(Theirs("1")), panel.Dump());

        Assert.Equal(["1 price 1.20 > 1.50"], await panel.SyncAsync(theirs, new() { MarkupPercent = 5_000, DryRun = true }));
        Assert.Equal(before, panel.Dump());

        Assert.Equal(["1 price 1.20 > 1.50"], await panel.SyncAsync(theirs, new() { MarkupPercent = 5_000 }));
        Assert.Equal(5_000, panel.Read(db => db.Markups.Single().Percent));
        Assert.Equal(["1 cost 1.00 > 1.20", "1 price 1.50 > 1.80"], await panel.SyncAsync(Listing(Theirs("1", "1.20"))));
    }

    [Fact]
    public async Task Own_words_prices_and_bounds_stay()
    {
        await using var panel = await SellingAsync(1);
        await panel.Panel.ManageServices.EditAsync(Actors.Operator, 1, new() { Name = "Mine", Category = "Here", Rate = "9", Min = 50, Max = 60, Cancel = false });
        var mine = panel.Service(1);

        foreach (var rate in new[] { "1.10", "1.20", "1.00" })
        {
            await panel.SyncAsync(Listing(Theirs("1", rate, "Name " + rate, "Category " + rate) with { Min = 5, Max = 6_000 }));
            Assert.Equal(mine, panel.Service(1));
            Assert.Equal(rate, $"{panel.Route(1).Cost}");
        }
    }

    [Fact]
    public async Task A_jump_waits_for_a_word()
    {
        await using var panel = await SellingAsync(2);
        var theirs = Listing(Theirs("1", "100"), Theirs("2", "0.01"));

        Assert.Equal(
            ["1 jump (kept) 1.00 > 100.00", "1 below cost 1.20 > 100.00", "2 jump (kept) 1.00 > 0.01"],
            await panel.SyncAsync(theirs));
        Assert.Equal(("1.20", "1.00", "1.20", "1.00"), ($"{panel.Service(1).Rate}", $"{panel.Route(1).Cost}", $"{panel.Service(2).Rate}", $"{panel.Route(2).Cost}"));
        Assert.Equal(["BelowCost 1", "PriceJump 1", "PriceJump 2"], panel.Alerts());
        Assert.Equal("below cost: it costs 100.00 and is sold for 1.20", panel.Route(1).Locked);

        Assert.Equal(
            ["1 jump 1.00 > 100.00", "1 price 1.20 > 120.00", "2 jump 1.00 > 0.01", "2 price 1.20 > 0.012"],
            await panel.SyncAsync(theirs, new() { AcceptJumps = true }));
        Assert.Equal(("120.00", null), ($"{panel.Service(1).Rate}", panel.Route(1).Locked));
        Assert.Empty(panel.Alerts());
    }

    [Fact]
    public async Task How_much_is_a_jump_can_be_said()
    {
        await using var panel = await SellingAsync(1);

        Assert.Equal(["1 jump (kept) 1.00 > 1.11"], await panel.SyncAsync(Listing(Theirs("1", "1.11")), new() { JumpPercent = 1_000 }));
        Assert.Equal(["1 cost 1.00 > 1.10", "1 price 1.20 > 1.32"], await panel.SyncAsync(Listing(Theirs("1", "1.10")), new() { JumpPercent = 1_000 }));
    }

    [Fact]
    public async Task What_costs_more_than_it_is_sold_for_is_locked_until_it_does_not()
    {
        await using var panel = await SellingAsync(1);
        await panel.Panel.ManageServices.EditAsync(Actors.Operator, 1, new() { Rate = "1.25" });

        await panel.SyncAsync(Listing(Theirs("1", "1.30")));
        Assert.Equal(("below cost: it costs 1.30 and is sold for 1.25", "1.25"), (panel.Route(1).Locked, $"{panel.Service(1).Rate}"));
        Assert.Equal(["BelowCost 1"], panel.Alerts());

        await panel.Panel.ManageServices.EditAsync(Actors.Operator, 1, new() { Rate = "1.30" });
        await panel.SyncAsync(Listing(Theirs("1", "1.30")));
        Assert.Null(panel.Route(1).Locked);
        Assert.Empty(panel.Alerts());
    }

    [Fact]
    public async Task What_is_removed_is_locked_until_it_is_back()
    {
        await using var panel = await SellingAsync(2);

        Assert.Equal(["2 removed Followers > "], await panel.SyncAsync(Listing(Theirs("1"))));
        Assert.Equal("removed: it is not in the provider's catalogue", panel.Route(2).Locked);
        Assert.Equal(["Removed 2"], panel.Alerts());
        Assert.Empty(await panel.SyncAsync(Listing(Theirs("1"))));

        Assert.Equal(["2 back again  > Followers"], await panel.SyncAsync(Listing(Theirs("1"), Theirs("2"))));
        Assert.Null(panel.Route(2).Locked);
        Assert.Empty(panel.Alerts());
    }

    [Theory]
    [InlineData(0, "the catalogue of acme is empty: it is not believed, and nothing was changed; --accept-removals believes it")]
    [InlineData(4, "6 of our 10 services of acme are missing in its catalogue: it is not believed, and nothing was changed; --accept-removals believes it")]
    public async Task A_catalogue_without_most_of_ours_is_not_believed(int left, string why)
    {
        await using var panel = await SellingAsync(10);
        var theirs = Listing([.. Enumerable.Range(1, left).Select(id => Theirs($"{id}"))]);
        var before = panel.Dump();

        Assert.Equal(why, CommandLineTexts.Of((await panel.TrySyncAsync(theirs, new() { DryRun = true })).Refusal!));
        Assert.Equal(before, panel.Dump());
        Assert.Equal(why, CommandLineTexts.Of((await panel.TrySyncAsync(theirs)).Refusal!));
        Assert.Equal(why, CommandLineTexts.Of((await panel.Panel.WatchServices.RunAsync(ActorContext.System, panel.Provider, theirs)).Refusal!));
        Assert.Equal(["Catalogue"], panel.Alerts());
        Assert.Equal(0, panel.Read(db => db.Routes.Count(row => row.Locked != null)));

        Assert.Equal(10 - left, (await panel.SyncAsync(theirs, new() { AcceptRemovals = true })).Count);
        Assert.Equal(10 - left, panel.Read(db => db.Routes.Count(row => row.Locked != null)));
        await panel.SyncAsync(Listing([.. Enumerable.Range(1, 10).Select(id => Theirs($"{id}"))]));
        Assert.Empty(panel.Alerts());
    }

    [Fact]
    public async Task Half_of_ours_missing_is_believed()
    {
        await using var panel = await SellingAsync(10);

        Assert.Equal(5, (await panel.SyncAsync(Listing([.. Enumerable.Range(1, 5).Select(id => Theirs($"{id}"))]))).Count);
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told_once()
    {
        await using var panel = await SellingAsync(2);
        var theirs = new UpstreamCatalogue([Theirs("1")], [new(2, "2", "Followers", "rate 0"), new(3, "9", "Other", "no id")]);

        Assert.Equal(["2 unusable Followers > rate 0"], await panel.SyncAsync(theirs));
        await panel.SyncAsync(theirs);

        Assert.Equal(["Catalogue", "Changed 2"], panel.Alerts());
        Assert.Equal(
            "2 of its rows cannot be used: row 2 (service 2): rate 0; row 3 (service 9): no id",
            panel.Read(db => db.Alerts.Single(row => row.Kind == AlertKind.Catalogue).Said));
        Assert.Equal("changed: it cannot be used as the catalogue lists it: rate 0", panel.Route(2).Locked);
    }

    [Fact]
    public async Task A_look_changes_no_price_and_locks_what_costs_too_much_at_once_and_what_is_gone_after_two()
    {
        await using var panel = await SellingAsync(3);
        var services = panel.Panel.Services.Get().All;
        UpstreamCatalogue seen = new([Theirs("1", "1.30"), Theirs("2", "0.10", "Likes"), Theirs("8")], [new(3, "9", "Other", "no price")]);

        Assert.Equal(2, (await LookAsync(panel, seen)).Value);

        Assert.Equal(["BelowCost 1", "Catalogue", "PriceJump 2"], panel.Alerts());
        Assert.Equal(services, panel.Panel.Services.Get().All);
        Assert.Equal(["1.00", "1.00", "1.00"], panel.Read(db => db.Routes.Select(row => row.Cost).ToList()).Select(cost => $"{cost}"));
        Assert.Equal(["1.30", "0.10", "1.00"], panel.Read(db => db.Routes.Select(row => row.SeenCost).ToList()).Select(cost => $"{cost}"));
        Assert.Equal(("below cost: ", null, null), (panel.Route(1).Locked?[..12], panel.Route(2).Locked, panel.Route(3).Locked));
        Assert.NotNull(panel.Read(db => db.Providers.Single().ComparedAt));
        Assert.Equal(0, panel.Read(db => db.Audit.Count(row => row.Action == "provider sync")));

        Assert.Equal(3, (await LookAsync(panel, seen)).Value);
        Assert.Equal(["BelowCost 1", "Catalogue", "PriceJump 2", "Removed 3"], panel.Alerts());
        Assert.StartsWith("removed: ", panel.Route(3).Locked, StringComparison.Ordinal);

        Assert.Equal(0, (await LookAsync(panel, Listing(Theirs("1"), Theirs("2"), Theirs("3")))).Value);
        Assert.Empty(panel.Alerts());
        Assert.Equal(0, panel.Read(db => db.Routes.Count(row => row.Locked != null)));
        Assert.Equal(0, panel.Read(db => db.Routes.Count(row => row.MissedAt != null)));
    }

    [Fact]
    public async Task What_is_back_in_the_second_reading_was_never_gone()
    {
        await using var panel = await SellingAsync(10);
        var (all, less) = (Many(10), Many(9));

        foreach (var theirs in new[] { less, all, less, all, less })
        {
            Assert.Equal(0, (await LookAsync(panel, theirs)).Value);
        }

        Assert.Null(panel.Route(10).Locked);
        Assert.Equal(1, (await LookAsync(panel, less)).Value);
        Assert.StartsWith("removed: ", panel.Route(10).Locked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_catalogue_that_is_empty_or_has_lost_a_fifth_at_once_locks_nothing_however_often(int left)
    {
        await using var panel = await SellingAsync(10);

        for (var look = 0; look < 3; look++)
        {
            Assert.Equal("unbelieved_catalogue", (await LookAsync(panel, Many(left))).Refusal!.Family);
        }

        Assert.Equal(["Catalogue"], panel.Alerts());
        Assert.Equal(0, panel.Read(db => db.Routes.Count(row => row.Locked != null || row.MissedAt != null)));
        Assert.Equal(10 - left, (await panel.SyncAsync(Many(left), new() { AcceptRemovals = true })).Count);
        Assert.Equal(10 - left, panel.Read(db => db.Routes.Count(row => row.Locked != null)));
        if (left > 0)
        {
            Assert.Equal(10 - left, (await LookAsync(panel, Many(left))).Value);
        }
    }

    [Fact]
    public async Task What_nobody_can_deliver_is_sold_where_the_setting_says_so()
    {
        await using var panel = await SellingAsync(1);
        var options = Microsoft.Extensions.Options.Options.Create(new PanelServer.Catalogue.CatalogueOptions { SellUndeliverable = true });
        var all = new PanelServer.Catalogue.CurrentCatalogue(panel.Panel.Readers, options);
        Assert.NotNull(panel.Panel.Services.Get().Sold(1));

        await panel.SyncAsync(Listing(Theirs("9")));

        Assert.Null(panel.Panel.Services.Get().Sold(1));
        Assert.NotNull(all.Get().Sold(1));
    }

    private static UpstreamCatalogue Many(int services) => Listing([.. Enumerable.Range(1, services).Select(id => Theirs($"{id}"))]);

    private static Task<Domain.Result<int>> LookAsync(SellingPanel panel, UpstreamCatalogue theirs) =>
        panel.Panel.WatchServices.RunAsync(ActorContext.System, panel.Provider, theirs);

    [Fact]
    public async Task The_price_follows_the_first_route_alone()
    {
        await using var panel = await SellingAsync(1);
        var other = await AddProviderAsync(panel.Panel, "other");
        await panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            unit.Db.Routes.Add(new RouteRow { ServiceId = 1, ProviderId = other, UpstreamService = "x", Priority = 2, Cost = Rates("1.00"), SyncedRate = Rates("1.20"), CreatedAt = 1 });
            return 0;
        });

        var report = await panel.Panel.SyncServices.RunAsync(Actors.Operator, other, Listing(Theirs("x", "1.40", "Else")), new(), new Progress<double>());

        Assert.Equal(["1 cost 1.00 > 1.40", "1 below cost 1.20 > 1.40"], report.Value.Differences.Select(Text));
        Assert.Equal(("1.20", "Followers"), ($"{panel.Service(1).Rate}", panel.Service(1).Name));
        Assert.StartsWith("below cost: ", panel.Read(db => db.Routes.Single(row => row.ProviderId == other).Locked), StringComparison.Ordinal);
        Assert.Null(panel.Route(1).Locked);
    }

    [Fact]
    public async Task A_second_route_is_measured_by_the_price_that_the_first_makes()
    {
        await using var panel = await SellingAsync(1);
        await panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            unit.Db.Routes.Add(new RouteRow { ServiceId = 1, ProviderId = panel.Provider, UpstreamService = "x", Priority = 2, Cost = Rates("1.20"), CreatedAt = 1 });
            return 0;
        });

        await panel.SyncAsync(Listing(Theirs("1", "1.10"), Theirs("x", "1.30")));

        Assert.Equal("1.32", $"{panel.Service(1).Rate}");
        Assert.Equal([("1.10", null), ("1.30", null)], panel.Read(db => db.Routes.OrderBy(row => row.Id).ToList()).Select(row => ($"{row.Cost}", row.Locked)));
    }

    [Fact]
    public async Task What_somebody_has_changed_meanwhile_is_left_alone()
    {
        await using var panel = await SellingAsync(1);
        var books = panel.Read(db => ProviderCatalogueState.Read(db, panel.Provider)).Value;
        var comparison = CatalogueComparison.Of(
            books.Routed,
            Listing(Theirs("1", "1.10")),
            new() { Exchange = books.Exchange, Markups = books.Markups, TakesOver = true });
        await panel.Panel.ManageServices.EditAsync(Actors.Operator, 1, new() { Rate = "3" });

        Assert.Equal(1, await new ApplyCatalogueSync(panel.Panel.Writes, panel.Provider).RoutesAsync(Actors.Operator, comparison.Routes, 5, null, new Progress<double>()));

        Assert.Equal(("3.00", "1.00"), ($"{panel.Service(1).Rate}", $"{panel.Route(1).Cost}"));
    }

    [Fact]
    public async Task An_alert_is_open_once_and_closed_by_a_person_or_by_its_end()
    {
        await using var panel = await SellingAsync(1);
        Task Raise(string said, long now) => panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            PanelServer.Providers.Alerts.Raise(unit, panel.Provider, AlertKind.Word, "", new("as_found", said), now);
            return 0;
        });
        await Raise("one", 1);
        var before = panel.Dump();
        await Raise("one", 2);
        Assert.Equal(before, panel.Dump());
        await Raise("two", 3);

        Assert.Equal(("two", 1L), panel.Read(db => db.Alerts.Select(row => new { row.Said, row.OpenedAt }).ToList()).Select(row => (row.Said, row.OpenedAt)).Single());
        Assert.Equal(1, (await panel.Panel.Alerts.CloseAsync(Actors.Operator, 1)).Value);
        Assert.Equal("there is no open alert 1; see `panelserver alert list`", CommandLineTexts.Of((await panel.Panel.Alerts.CloseAsync(Actors.Operator, 1)).Refusal!));
        Assert.Equal(("alert 1", "two"), panel.Read(db => db.Audit.Where(row => row.Action == "alert close").AsEnumerable().Select(row => (row.Subject, row.Detail)).Single()));
        await Raise("one", 4);
        Assert.Equal(["Word"], panel.Alerts());
        await panel.Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            PanelServer.Providers.Alerts.End(unit, panel.Provider, AlertKind.Word, "", 5);
            return 0;
        });
        Assert.Empty(panel.Alerts());
    }

    /// <summary>A panel that sells so many services for 1.20 that it buys for 1.00.</summary>
    private static async Task<SellingPanel> SellingAsync(int services)
    {
        var panel = await OpenAsync();
        await panel.MarkupAsync("20%");
        await panel.ImportAsync(Listing([.. Enumerable.Range(1, services).Select(id => Theirs($"{id}"))]));
        return panel;
    }
}
