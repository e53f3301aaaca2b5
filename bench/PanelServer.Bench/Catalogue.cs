using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>A catalogue as real panels have it: thousands of services with long names, mostly of the plain type.</summary>
internal sealed record Catalogue(string Json, IReadOnlyList<int> DefaultServices)
{
    /// <summary>Every Default service accepts the quantities from here …</summary>
    public const int SmallestQuantity = 100;

    /// <summary>… to here.</summary>
    public const int LargestQuantity = 1_000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Platforms =
    [
        "Instagram", "TikTok", "YouTube", "Facebook", "Telegram", "Twitter/X", "Spotify", "SoundCloud", "LinkedIn",
        "Twitch", "Discord", "Threads", "Pinterest", "Reddit", "Snapchat", "VK", "Kick", "Shazam",
    ];
    private static readonly string[] Things =
    [
        "Followers", "Likes", "Views", "Comments", "Shares", "Saves", "Story Views", "Reel Views", "Live Viewers",
        "Subscribers", "Watch Time", "Post Reactions", "Channel Members", "Poll Votes", "Profile Visits", "Plays",
    ];
    private static readonly string[] Qualities =
    [
        "Real & Active Accounts", "High Quality Mixed", "Old Accounts With Posts", "No Drop Guaranteed", "Premium HQ",
        "Worldwide Bots", "USA Targeted", "Türkiye Gerçek Kullanıcı", "Brazilian Profiles", "Arab Real Users",
    ];
    private static readonly string[] Speeds =
    [
        "Start 0-1 Hour", "Instant Start ⚡", "Start 0-15 Minutes", "Start 1-6 Hours", "Start 12 Hours", "Super Fast 🔥",
    ];
    private static readonly string[] Promises =
    [
        "No Refill", "30 Days Refill ♻️", "60 Days Refill ♻️", "365 Days Refill ♻️", "Lifetime Refill ♻️",
        "Cancel Button Enabled",
    ];

    public static Catalogue Of(int services)
    {
        var random = new Random(20);
        var defaults = new List<int>();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartArray();
            for (int id = 1; id <= services; id++)
            {
                string type = id % 25 == 0 ? "Package" : id % 10 == 0 ? "Custom Comments" : "Default";
                if (type == "Default")
                {
                    defaults.Add(id);
                }
                WriteService(json, random, id, services, type);
            }
            json.WriteEndArray();
        }
        return new Catalogue(Encoding.UTF8.GetString(stream.ToArray()), defaults);
    }

    private static void WriteService(Utf8JsonWriter json, Random random, int id, int services, string type)
    {
        string platform = Platforms[(id - 1) * Platforms.Length / services];
        string thing = Pick(random, Things);
        string quality = Pick(random, Qualities);
        int perDay = random.Next(1, 100);
        int most = random.Next(1, 1000) * 1000;
        string name = string.Create(CultureInfo.InvariantCulture,
            $"{platform} {thing} [{quality}] [Max {most / 1000}K] | {Pick(random, Speeds)} | Day {perDay}K");
        string least = type == "Package" ? "1" : Pick(random, ["10", "20", "50", "100"]);
        string rate = (random.Next(1, 400_000) / 10_000m + 0.0001m).ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteNumber("service", id);
        json.WriteString("name", name);
        json.WriteString("type", type);
        json.WriteString("category", $"{platform} {thing} – {Pick(random, Promises)}");
        json.WriteString("rate", rate);
        json.WriteString("min", least);
        json.WriteString("max", type == "Package" ? "1" : most.ToString(CultureInfo.InvariantCulture));
        json.WriteBoolean("dripfeed", type == "Default" && random.Next(3) == 0);
        json.WriteBoolean("refill", type == "Default" && random.Next(2) == 0);
        json.WriteBoolean("cancel", random.Next(2) == 0);
        json.WriteEndObject();
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
