using PanelServer.Data.Entities;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using static PanelServer.Tests.Providers.Catalogue.SellingPanel;

namespace PanelServer.Tests.Providers.Catalogue;

/// <summary>Each way in which a provider's service may differ from what was last taken over of it.</summary>
public sealed class RouteComparisonTests
{
    // Bought for 1.00 and sold for 1.20.
    private static readonly MarkupRules Twenty = new([new(MarkupScope.Provider, new(2_000, default))]);

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("dearer", "cost 1.00 > 1.10; price 1.20 > 1.32")]
    [InlineData("cheaper", "cost 1.00 > 0.50; price 1.20 > 0.60")]
    [InlineData("jump up", "jump (kept) 1.00 > 1.51; below cost 1.20 > 1.51", "PriceJump BelowCost")]
    [InlineData("jump down", "jump (kept) 1.00 > 0.49", "PriceJump")]
    [InlineData("renamed", "name Followers > Likes")]
    [InlineData("other category", "category Instagram > TikTok")]
    [InlineData("other bounds", "min 10 > 20; max 1000 > 2000")]
    [InlineData("other type", "type (kept) Default > Package", "Changed")]
    [InlineData("unknown type", "type (kept) Default > Votes", "Changed")]
    [InlineData("no refill", "refill (kept) 30 d > no", "Changed")]
    [InlineData("no cancel", "cancel (kept) yes > no", "Changed")]
    [InlineData("no drip", "drip-feed (kept) yes > no")]
    [InlineData("removed", "removed Followers > ", "Removed")]
    [InlineData("unusable", "unusable Followers > no price", "Changed")]
    public void Each_difference_is_found(string what, string found, string alerts = "")
    {
        var theirs = what switch
        {
            "dearer" => There() with { Rate = Rates("1.10") },
            "cheaper" => There() with { Rate = Rates("0.50") },
            "jump up" => There() with { Rate = Rates("1.51") },
            "jump down" => There() with { Rate = Rates("0.49") },
            "renamed" => There() with { Name = "Likes" },
            "other category" => There() with { Category = "TikTok" },
            "other bounds" => There() with { Min = 20, Max = 2_000 },
            "other type" => There() with { Type = ServiceType.Package, TypeText = "Package" },
            "unknown type" => There() with { Type = null, TypeText = "Votes" },
            "no refill" => There() with { Refill = false },
            "no cancel" => There() with { Cancel = false },
            "no drip" => There() with { Dripfeed = false },
            "removed" or "unusable" => null,
            _ => There(),
        };
        var unusable = what == "unusable" ? new UnusableService(1, "7", "Followers", "no price") : null;

        var compared = RouteComparison.Of(Ours(), theirs, unusable, Terms());

        Assert.Equal(found, Texts(compared));
        Assert.Equal(alerts, string.Join(' ', compared.Alerts.Keys));
    }

    [Theory]
    [InlineData("price", "cost 1.00 > 1.10; price (kept) 1.50 > 1.32")]
    [InlineData("name", "name (kept) Mine > Likes")]
    [InlineData("category", "category (kept) Mine > TikTok")]
    [InlineData("min", "min (kept) 11 > 20; max 1000 > 2000")]
    [InlineData("max", "min 10 > 20; max (kept) 999 > 2000")]
    [InlineData("max below min", "min (kept) 10 > 20; max (kept) 15 > 2000")]
    public void What_was_edited_here_is_kept(string edited, string found)
    {
        var (ours, theirs) = edited switch
        {
            "price" => (Ours(service => service.Rate = Rates("1.50")), There() with { Rate = Rates("1.10") }),
            "name" => (Ours(service => service.Name = "Mine"), There() with { Name = "Likes" }),
            "category" => (Ours(service => service.Category = "Mine"), There() with { Category = "TikTok" }),
            "min" => (Ours(service => service.Min = 11), There() with { Min = 20, Max = 2_000 }),
            "max" => (Ours(service => service.Max = 999), There() with { Min = 20, Max = 2_000 }),
            _ => (Ours(service => service.Max = 15), There() with { Min = 20, Max = 2_000 }),
        };

        var compared = RouteComparison.Of(ours, theirs, null, Terms());

        Assert.Equal(found, Texts(compared));
        Assert.Equal(edited == "max below min", compared.Alerts.ContainsKey(AlertKind.Changed));
        Assert.Equal("", Texts(RouteComparison.Of(ours, There(), null, Terms())));
    }

    [Fact]
    public void An_accepted_jump_is_taken_over_like_any_change()
    {
        var compared = RouteComparison.Of(Ours(), There() with { Rate = Rates("5") }, null, Terms() with { AcceptsJumps = true });

        Assert.Equal("jump 1.00 > 5.00; price 1.20 > 6.00", Texts(compared));
        Assert.Equal(("5.00", "6.00", "6.00"), ($"{compared.Route.Cost}", $"{compared.Route.SyncedRate}", $"{compared.Service.Rate}"));
        Assert.Empty(compared.Alerts);
    }

    [Fact]
    public void A_look_takes_nothing_over_and_locks_what_costs_more_than_it_is_sold_for()
    {
        var compared = RouteComparison.Of(
            Ours(),
            There() with { Rate = Rates("1.30"), Name = "Likes", Min = 20 },
            null,
            Terms() with { TakesOver = false });

        Assert.Equal("cost 1.00 > 1.30; below cost 1.20 > 1.30", Texts(compared));
        Assert.False(compared.ChangesService);
        Assert.Equal(("1.00", "below cost: it costs 1.30 and is sold for 1.20"), ($"{compared.Route.Cost}", compared.Route.Locked));
        Assert.Equal([AlertKind.BelowCost], compared.Alerts.Keys);
    }

    [Theory]
    [InlineData(RouteLockKind.BelowCost, null)]
    [InlineData(RouteLockKind.Removed, null)]
    [InlineData(RouteLockKind.Changed, null)]
    [InlineData(RouteLockKind.Refused, RouteLockKind.Refused)]
    [InlineData(RouteLockKind.Other, RouteLockKind.Other)]
    public void A_lock_goes_with_its_reason_and_others_stay(RouteLockKind kind, RouteLockKind? then)
    {
        // Whatever its text begins with: that is for people.
        var ours = Ours(route: row => row.Lock = new RouteLock(kind, "below cost: before"));

        var route = RouteComparison.Of(ours, There(), null, Terms()).Route;

        Assert.Equal((then, then is null ? null : "below cost: before"), (route.LockKind, route.Locked));
    }

    [Fact]
    public void A_further_route_follows_in_its_cost_alone()
    {
        var ours = Ours() with { IsFirst = false };

        var compared = RouteComparison.Of(ours, There() with { Rate = Rates("1.25"), Name = "Likes", Min = 20 }, null, Terms());

        Assert.Equal("cost 1.00 > 1.25; below cost 1.20 > 1.25", Texts(compared));
        Assert.Equal(("1.25", false), ($"{compared.Route.Cost}", compared.ChangesService));
        Assert.StartsWith("below cost: ", compared.Route.Locked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_multiplier_changes_what_a_thousand_cost_and_how_many_may_be_ordered()
    {
        var ours = Ours(
            service => (service.Min, service.Max, service.Rate) = (19, 2_000, Rates("0.60")),
            route => (route.Multiplier, route.SyncedRate) = (5_000, Rates("0.60")));

        var compared = RouteComparison.Of(ours, There() with { Rate = Rates("1.10"), Max = 2_000 }, null, Terms());

        Assert.Equal("cost 1.00 > 1.10; price 0.60 > 0.66; max 2000 > 4000", Texts(compared));
    }

    [Fact]
    public void A_foreign_currency_is_counted_in_ours_by_its_exchange_rate()
    {
        var terms = Terms() with { Exchange = new(3_000_000) };
        var ours = Ours(service => service.Rate = Rates("0.036"), route => route.SyncedRate = Rates("0.036"));

        Assert.Equal("cost 1.00 > 1.10; price 0.036 > 0.0396", Texts(RouteComparison.Of(ours, There() with { Rate = Rates("1.10") }, null, terms)));
    }

    [Fact]
    public void A_subscription_is_delivered_as_plain_orders()
    {
        var ours = Ours(service => service.Type = ServiceType.Subscriptions.Id);

        Assert.Equal("", Texts(RouteComparison.Of(ours, There(), null, Terms())));
        Assert.Equal(
            "type (kept) Default > Subscriptions",
            Texts(RouteComparison.Of(ours, There() with { Type = ServiceType.Subscriptions, TypeText = "Subscriptions" }, null, Terms())));
    }

    [Fact]
    public void A_route_made_by_hand_learns_its_cost_and_changes_nothing_else()
    {
        var ours = Ours(
            service => (service.Name, service.Rate) = ("Mine", Rates("2")),
            route => (route.Cost, route.SyncedRate, route.UpstreamName, route.UpstreamCategory, route.UpstreamMin, route.UpstreamMax) =
                (null, null, null, null, null, null));

        var compared = RouteComparison.Of(ours, There() with { Rate = Rates("1.90") }, null, Terms());

        Assert.Equal(("", "1.90", false), (Texts(compared), $"{compared.Route.Cost}", compared.ChangesService));
    }

    private static ComparisonOptions Terms() => new() { Exchange = new(ExchangeRate.One), Markups = Twenty, TakesOver = true };

    private static UpstreamService There() => Theirs("7") with { Dripfeed = true };

    private static ServiceRoute Ours(Action<ServiceRow>? service = null, Action<RouteRow>? route = null)
    {
        var ours = new ServiceRow
        {
            Id = 1,
            Position = 1,
            Enabled = true,
            Type = ServiceType.Default.Id,
            Category = "Instagram",
            Name = "Followers",
            Description = "",
            Rate = Rates("1.20"),
            Min = 10,
            Max = 1_000,
            Dripfeed = true,
            RefillDays = 30,
            RefillHours = 24,
            Cancel = true,
            LinkRule = "Any",
            DenyDuplicates = false,
        };
        var way = new RouteRow
        {
            Id = 1,
            ServiceId = 1,
            ProviderId = 1,
            UpstreamService = "7",
            Cost = Rates("1.00"),
            UpstreamMin = 10,
            UpstreamMax = 1_000,
            UpstreamName = "Followers",
            UpstreamCategory = "Instagram",
            SyncedRate = Rates("1.20"),
            CreatedAt = 1,
        };
        service?.Invoke(ours);
        route?.Invoke(way);
        return new(way, ours, IsFirst: true);
    }

    private static string Texts(RouteComparison compared) =>
        string.Join("; ", compared.Differences.Select(one => Text(one)[2..]));
}
