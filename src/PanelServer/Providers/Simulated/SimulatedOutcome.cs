using PanelServer.Domain;
using PanelServer.Domain.Orders;

namespace PanelServer.Providers.Simulated;

/// <summary>What a simulated provider knows of an order.</summary>
/// <param name="Status">The state it is in there.</param>
/// <param name="Remains">What is undelivered.</param>
/// <param name="StartCount">The public counter when delivery started.</param>
internal readonly record struct SimulatedState(OrderStatus Status, long Remains, long StartCount);

/// <summary>
/// What becomes of an order at the simulated provider, as the path of its link chooses (docs/integrating.md, "Fates"):
/// <c>https://sandbox.test/start/3572/partial/157</c>. Words combine; words that mean nothing say nothing.
/// </summary>
internal sealed record SimulatedOutcome
{
    /// <summary>How long after an order, a refill or a cancel request the provider first says something.</summary>
    public static readonly TimeSpan FirstReportDelay = TimeSpan.FromMinutes(1);

    /// <summary>What every link with a fate of its own is like, in SQL.</summary>
    public const string Pattern = "%" + Host + "%";

    private const string Host = "sandbox.test";
    private const long Minute = 60_000;

    /// <summary>Minutes of delivery at the most: longer than the clock can go.</summary>
    private const long MaxDelivery = 10_000_000_000;

    /// <summary>Minutes from its start to its end.</summary>
    public long DeliveryMinutes { get; private init; } = 1;

    /// <summary>What stays undelivered; null when it ends otherwise.</summary>
    public long? PartialRemains { get; private init; }

    public long StartCount { get; private init; }

    /// <summary>The provider cancels it at its end.</summary>
    public bool IsCanceled { get; private init; }

    /// <summary>It starts and never ends.</summary>
    public bool IsStuck { get; private init; }

    /// <summary>The provider refuses it.</summary>
    public bool IsRejected { get; private init; }

    /// <summary>The provider takes it, and its answer is lost.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>Whether what remains falls little by little, and not at the end.</summary>
    public bool IsSlow { get; private init; }

    /// <summary>Reads the fate that a link chooses; any other link is delivered as a whole.</summary>
    public static SimulatedOutcome Of(string? link)
    {
        var fate = new SimulatedOutcome();
        if (!Uri.TryCreate(link, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || !url.Host.Equals(Host, StringComparison.OrdinalIgnoreCase))
        {
            return fate;
        }

        var words = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < words.Length; at++)
        {
            var number = at + 1 < words.Length ? NumberOf(words[at + 1]) : null;
            fate = words[at].ToLowerInvariant() switch
            {
                "partial" when number is { } remains => fate with { PartialRemains = remains },
                "slow" when number is { } minutes => fate with { DeliveryMinutes = Math.Min(minutes, MaxDelivery), IsSlow = true },
                "start" when number is { } count => fate with { StartCount = count },
                "cancel" => fate with { IsCanceled = true },
                "stuck" => fate with { IsStuck = true },
                "reject" => fate with { IsRejected = true },
                "unknown" => fate with { IsUnknown = true },
                _ => fate,
            };
        }

        return fate;
    }

    /// <summary>What the provider knows of an order at an instant.</summary>
    /// <param name="age">Milliseconds since the order.</param>
    /// <param name="quantity">All of it.</param>
    public SimulatedState At(long age, long quantity)
    {
        var (start, end) = (2 * Minute, (2 + DeliveryMinutes) * Minute);
        var left = IsCanceled || IsStuck ? quantity : Math.Min(PartialRemains ?? 0, quantity);
        return IsUnknown || age < Minute ? new(OrderStatus.Pending, quantity, 0)
            : IsRejected ? new(OrderStatus.Canceled, quantity, 0)
            : age < start ? new(OrderStatus.Processing, quantity, 0)
            : age < end || IsStuck ? new(OrderStatus.InProgress, IsSlow ? Falling(quantity, left, start, end, age) : quantity, StartCount)
            : new(IsCanceled ? OrderStatus.Canceled : PartialRemains is null ? OrderStatus.Completed : OrderStatus.Partial, left, StartCount);
    }

    /// <summary>When the provider knows something new next, in milliseconds since the order; null when never.</summary>
    /// <param name="age">Milliseconds since the order.</param>
    public long? NextAfter(long age)
    {
        var end = (2 + DeliveryMinutes) * Minute;
        return age < Minute ? Minute
            : IsUnknown || IsRejected ? null
            : age < 2 * Minute ? 2 * Minute
            : age < end && !IsStuck ? end
            : null;
    }

    /// <summary>From the quantity to what is left, in a straight line, rounded up.</summary>
    private static long Falling(long quantity, long left, long start, long end, long age)
    {
        var time = Math.Clamp(end - age, 0, end - start);
        return left + (long)((((Int128)(quantity - left) * time) + (end - start) - 1) / (end - start));
    }

    private static long? NumberOf(string word) =>
        WireText.TryInteger(word, out var number) ? number : null;
}
