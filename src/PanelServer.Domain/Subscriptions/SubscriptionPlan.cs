namespace PanelServer.Domain.Subscriptions;

/// <summary>What a subscription asks for (docs/contract.md, "Subscription").</summary>
/// <param name="Min">The least quantity of a post.</param>
/// <param name="Max">The greatest quantity of a post.</param>
/// <param name="DelayMinutes">Minutes between a post's appearance and its order.</param>
/// <param name="Posts">New posts to order for; null = without end.</param>
/// <param name="OldPosts">Posts that exist already and are ordered for.</param>
/// <param name="Expiry">The last day; null = without end.</param>
public sealed record SubscriptionPlan(int Min, int Max, int DelayMinutes, int? Posts, int OldPosts, DateOnly? Expiry)
{
    private const long MillisecondsOfDay = 86_400_000;

    /// <summary>The first instant after the last day, UTC, unix milliseconds; null without end.</summary>
    public long? EndsAt => Expiry is { } day
        ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds() + MillisecondsOfDay
        : null;

    /// <summary>The last day of what ends at an instant; exact also for the last day there is.</summary>
    public static DateOnly LastDayOf(long endsAt) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(endsAt - MillisecondsOfDay).UtcDateTime);

    /// <summary>The delays the market knows, in minutes.</summary>
    public static readonly IReadOnlyList<long> Delays =
    [
        0, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600,
    ];
}
