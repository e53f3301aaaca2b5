using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Refills;
using PanelServer.Domain.Resellers;
using PanelServer.Resellers;

namespace PanelServer.Sandbox;

/// <summary>The world that every sandbox begins with (docs/integrating.md): known resellers, keys, services and ids.</summary>
internal static class SandboxWorld
{
    public const string DemoKey = "sandbox-demo-key";

    private const string Currency = "USD";

    /// <summary>Where its random numbers begin.</summary>
    private const long Seed = 1;

    /// <summary>2026-01-01T00:00:00Z, where the clock stands at first.</summary>
    private static readonly long Beginning = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static readonly (string Name, string Key, string Balance, bool IsSuspended)[] Resellers =
    [
        ("demo", DemoKey, "100.84292", false),
        ("rich", "sandbox-rich-key", "1000000", false),
        ("poor", "sandbox-poor-key", "0", false),
        ("suspended", "sandbox-suspended-key", "5", true),
    ];

    private static readonly IReadOnlyList<Service> Services =
    [
        Of(1, "Followers", ServiceType.Default, "First Category", "0.90", 50, 10_000) with
        {
            Dripfeed = true, Refill = new RefillWindow(),
        },
        Of(2, "Comments", ServiceType.CustomComments, "Second Category", "8", 10, 1_500),
        Of(3, "Starter pack", ServiceType.Package, "First Category", "2.50", 1, 1),
        Of(4, "Auto likes", ServiceType.Subscriptions, "Third Category", "1.20", 20, 5_000),
        Of(5, "Poll votes", ServiceType.Poll, "Third Category", "0.35", 100, 100_000) with { Cancel = false },
        Of(6, "Mentions", ServiceType.Mentions, "Fourth Category", "3", 10, 20_000),
        Of(7, "Mentions hashtags", ServiceType.MentionsWithHashtags, "Fourth Category", "3.10", 10, 20_000),
        Of(8, "Mentions list", ServiceType.MentionsCustomList, "Fourth Category", "3.20", 2, 20_000),
        Of(9, "Mentions hashtag", ServiceType.MentionsHashtag, "Fourth Category", "3.30", 10, 20_000),
        Of(10, "Mentions followers", ServiceType.MentionsUserFollowers, "Fourth Category", "3.40", 10, 20_000),
        Of(11, "Mentions likers", ServiceType.MentionsMediaLikers, "Fourth Category", "3.50", 10, 20_000),
        Of(12, "Comment pack", ServiceType.CustomCommentsPackage, "Second Category", "4", 1, 100),
        Of(13, "Comment likes", ServiceType.CommentLikes, "Second Category", "0.75", 20, 50_000) with
        {
            Refill = new RefillWindow(),
        },
        Of(14, "Comment replies", ServiceType.CommentReplies, "Second Category", "9", 1, 500),
        Of(15, "Search visits", ServiceType.Seo, "Fifth Category", "0.60", 100, 100_000),
        Of(16, "Group invites", ServiceType.InvitesFromGroups, "Fifth Category", "5", 10, 5_000),
        Of(17, "Web visits", ServiceType.WebTraffic, "Fifth Category", "0.15", 500, 1_000_000) with { Dripfeed = true },
        Of(18, "Tiny price", ServiceType.Default, "First Category", "0.0001", 1, 1_000_000) with { Cancel = false },
        Of(19, "Disabled", ServiceType.Default, "First Category", "1", 1, 100) with { Cancel = false, Enabled = false },
    ];

    /// <summary>Fills a new database, in one unit.</summary>
    public static PanelIdentity Create(UnitOfWork unit)
    {
        var identity = new PanelIdentity(IsSandbox: true, Currency, Beginning, Seed);
        PanelIdentity.Write(unit, identity, Beginning);
        unit.Save();
        foreach (var (name, key, balance, isSuspended) in Resellers)
        {
            var opening = Money.TryParse(balance, out var money) ? money : throw new InvalidOperationException(balance);
            var reseller = ManageResellers.Add(unit, name, opening, Beginning).Value;
            ManageResellers.Keep(unit, reseller, ApiKey.Known(key), Beginning);
            ManageResellers.Suspend(unit, reseller, isSuspended);
        }

        unit.Db.Services.AddRange(Services.Select(ServiceReading.RowOf));
        return identity;
    }

    private static Service Of(int id, string name, ServiceType type, string category, string rate, int min, int max) =>
        ManageServices.New(id, position: id, enabled: true) with
        {
            Name = name,
            Type = type,
            Category = category,
            Rate = Rate.TryParse(rate, out var price) ? price : throw new InvalidOperationException(rate),
            Min = min,
            Max = max,
            Cancel = true,
        };
}
