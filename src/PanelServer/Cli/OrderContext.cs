using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Cli;

/// <summary>What hangs on an order: its parent or its children, what happens next, posts, reviews, refills, cancel requests.</summary>
internal sealed class OrderContext
{
    /// <summary>Of each kind so many at the most: the next posts, the latest of everything else.</summary>
    private const int MaxShown = 100;

    private readonly OrderRow _order;
    private LinkHoldRow? _hold;
    private OrderRow? _parent;
    private List<OrderRow> _children = [];
    private int _childCount;
    private List<ScheduledWorkRow> _due = [];
    private SubscriptionRow? _subscription;
    private List<PostRow> _posts = [];
    private int _postCount;
    private List<ReviewRow> _reviews = [];
    private List<RefillRow> _refills = [];
    private List<CancelRow> _cancels = [];
    private List<(SubmissionRow Row, string Provider)> _sendings = [];

    private OrderContext(OrderRow order) => _order = order;

    /// <summary>Whether an operator holds its runs back.</summary>
    public bool IsPaused => _order.Kind == OrderKind.DripFeed && _due.Exists(due => due is { Kind: WorkKind.Run, Held: true });

    /// <summary>What a provider was asked about an order, of each kind the latest.</summary>
    public static async Task<List<(SubmissionRow Row, string Provider)>> SendingsAsync(PanelDb db, int order)
    {
        var refills = db.Refills.Where(row => row.OrderId == order).Select(row => row.Id);
        var cancels = db.Cancels.Where(row => row.OrderId == order).Select(row => row.Id);
        var rows = await db.Submissions
            .Where(row => (row.Kind == SubmissionKind.Order && row.Subject == order)
                || (row.Kind == SubmissionKind.Refill && refills.Contains(row.Subject))
                || (row.Kind == SubmissionKind.Cancel && cancels.Contains(row.Subject)))
            .OrderByDescending(row => row.Id)
            .Take(MaxShown)
            .Join(db.Providers, sending => sending.ProviderId, provider => provider.Id, (sending, provider) => new { sending, provider.Name })
            .ToListAsync();
        return [.. rows.OrderBy(row => row.sending.Id).Select(row => (row.sending, row.Name))];
    }

    public static async Task<OrderContext> ReadAsync(PanelDb db, OrderRow order)
    {
        var children = db.Orders.Where(row => row.ParentId == order.Id);
        var posts = db.Posts.Where(row => row.OrderId == order.Id);
        return new(order)
        {
            _parent = await db.Orders.FirstOrDefaultAsync(row => row.Id == order.ParentId),
            _children = OldestFirst(await children.OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
            _childCount = await children.CountAsync(),
            _due = await db.Due.Where(row => row.OrderId == order.Id).OrderBy(row => row.At).Take(MaxShown).ToListAsync(),
            _subscription = await db.Subscriptions.FirstOrDefaultAsync(row => row.OrderId == order.Id),
            _posts = await posts.OrderBy(row => row.Id).Take(MaxShown).ToListAsync(),
            _postCount = await posts.CountAsync(),
            _hold = OrderLifecycle.IsFinal(order.Status) ? null : await db.LinkHolds.FirstOrDefaultAsync(row => row.OrderId == order.Id && row.FreedAt == null),
            _reviews = OldestFirst(await db.Reviews.Where(row => row.OrderId == order.Id).OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
            _refills = OldestFirst(await db.Refills.Where(row => row.OrderId == order.Id).OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
            _sendings = await SendingsAsync(db, order.Id),
            _cancels = OldestFirst(await db.Cancels.Where(row => row.OrderId == order.Id).OrderByDescending(row => row.Id).Take(MaxShown).ToListAsync()),
        };
    }

    /// <summary>For people, a line each.</summary>
    public IEnumerable<string> Lines() =>
        ((IEnumerable<FormattableString>)
        [
            .. _parent is null ? [] : (FormattableString[])[$"part of {NameOf(_parent.Kind)} {_parent.Id}, {StatusNames.Of(_parent.Status)}"],
            .. _hold is null ? [] : (FormattableString[])[$"held since {VerbContext.Time(_hold.HeldAt)}: its link is blocked by {_hold.Pattern}; panelserver link free --order {_order.Id} lets it go on"],
            .. RunLines(),
            .. SubscriptionLines(),
            .. _children.Select(child => (FormattableString)$"child {child.Id} {StatusNames.Of(child.Status)}, remains {child.Remains}"),
            .. More(_childCount - _children.Count, "children before these"),
            .. _posts.Select(post => (FormattableString)$"post {post.Link} waits, {DueText(post)}"),
            .. More(_postCount - _posts.Count, "posts more wait"),
            .. ProviderLines(),
            .. _reviews.Select(ReviewLine),
            .. _refills.Select(refill => (FormattableString)$"refill {refill.Id} {StatusNames.Of(refill.Status)}, asked for {VerbContext.Time(refill.CreatedAt)}"),
            .. _cancels.Select(cancel => (FormattableString)$"cancel request {cancel.Status}, asked for {VerbContext.Time(cancel.CreatedAt)}"),
        ]).Select(FormattableString.Invariant);

    /// <summary>The same for programs.</summary>
    public object Json() => new
    {
        Parent = _parent?.Id,
        Children = _children.Select(child => new { child.Id, Status = StatusNames.Of(child.Status), child.Remains }),
        ChildCount = _childCount,
        _order.Runs,
        _order.IntervalMinutes,
        Paused = IsPaused,
        HeldBy = _hold?.Pattern,
        NextRunAt = At(WorkKind.Run),
        ProviderSpeaksAt = At(WorkKind.Order),
        PostsOrdered = _subscription?.PostsDone,
        ExpiresAt = _subscription?.ExpiresAt is { } end ? VerbContext.Instant(end) : null,
        Posts = _posts.Select(post => new { post.Link, At = DueOf(post) is { } due ? VerbContext.Instant(due.At) : null }),
        PostCount = _postCount,
        Reviews = _reviews.Select(review => new
        {
            review.Said,
            OpenedAt = VerbContext.Instant(review.OpenedAt),
            ClosedAt = review.ClosedAt is { } closed ? VerbContext.Instant(closed) : null,
            review.Note,
        }),
        Refills = _refills.Select(refill => new { refill.Id, Status = StatusNames.Of(refill.Status), AskedAt = VerbContext.Instant(refill.CreatedAt) }),
        Sendings = _sendings.Select(one => SendingJson(one.Row, one.Provider)),
        Cancels = _cancels.Select(cancel => new { Status = cancel.Status.ToString(), AskedAt = VerbContext.Instant(cancel.CreatedAt) }),
    };

    private IEnumerable<FormattableString> RunLines()
    {
        if (_order.Kind == OrderKind.DripFeed)
        {
            var next = _due.Find(due => due.Kind == WorkKind.Run);
            var what = next is null ? "no other starts"
                : next.Held ? $"paused, the next was due {VerbContext.Time(next.At)}"
                : $"the next is due {VerbContext.Time(next.At)}";
            yield return $"runs {_order.Runs}, {_order.IntervalMinutes} min apart, {_childCount} started; {what}";
        }
    }

    private IEnumerable<FormattableString> SubscriptionLines()
    {
        if (_subscription is { } plan)
        {
            var of = plan.Posts is { } posts ? FormattableString.Invariant($" of {posts + plan.OldPosts}") : "";
            var end = plan.ExpiresAt is { } at ? $"expires {VerbContext.Time(at)}" : "does not expire";
            yield return $"posts ordered {plan.PostsDone}{of}, {_postCount} wait; {end}";
        }
    }

    private IEnumerable<FormattableString> ProviderLines()
    {
        foreach (var (row, provider) in _sendings)
        {
            yield return SendingLine(row, provider);
            if (row.Said is { } said)
            {
                yield return $"{provider} said last of {SubmissionHandlers.Of(row.Kind).SubjectText(row)}: {said}";
            }

            if (row is { Outcome: not SubmissionOutcome.Accepted, Answer: { Length: > 0 } answer })
            {
                yield return $"  it said {TextSanitizer.Line(answer, TextSanitizer.ReasonLength)}";
            }

            if (row is { Kind: SubmissionKind.Order, Outcome: SubmissionOutcome.Accepted, Cost: { } cost })
            {
                yield return $"costs {cost} there, margin {_order.Charge - _order.Refunded - cost}";
            }
        }

        foreach (var due in _due)
        {
            if (SubmissionHandlers.For(due.Kind) is { } handler)
            {
                yield return $"{handler.WaitingText} waits to be sent to a provider and is looked at {VerbContext.Time(due.At)}{(due.Attempts > 0 ? FormattableString.Invariant($", after {due.Attempts} attempts") : "")}";
            }
            else if (due.Kind == WorkKind.Order)
            {
                yield return due.ProviderId is null
                    ? (FormattableString)$"a provider has it in hand and speaks next {VerbContext.Time(due.At)}"
                    : $"a provider has it in hand and is asked next {VerbContext.Time(due.At)}";
            }
        }
    }

    /// <summary>A sending for people.</summary>
    public static FormattableString SendingLine(SubmissionRow row, string provider)
    {
        var handler = SubmissionHandlers.Of(row.Kind);
        var came = row.Outcome switch
        {
            SubmissionOutcome.UnderWay => "under way",
            SubmissionOutcome.Accepted => row.UpstreamId is null ? handler.AcceptedWithoutId : $"accepted as {row.UpstreamId}",
            SubmissionOutcome.Rejected => $"rejected: {row.Reason}",
            SubmissionOutcome.NotSent => $"not sent: {row.Reason}",
            SubmissionOutcome.Unknown => $"unknown: {row.Reason}",
            SubmissionOutcome.NotAccepted => row.Reason ?? "not accepted",
            SubmissionOutcome.Deferred => $"put off: {row.Reason}",
        };
        return $"{VerbContext.Time(row.StartedAt)} {handler.Describe(row, provider)}: {came}";
    }

    /// <summary>A sending for programs.</summary>
    public static object SendingJson(SubmissionRow row, string provider) => new
    {
        Kind = row.Kind.ToString(),
        row.Subject,
        Provider = provider,
        TheirService = row.UpstreamService,
        Outcome = row.Outcome.ToString(),
        row.UpstreamId,
        row.Quantity,
        Cost = row.Cost?.ToString(),
        row.Reason,
        About = row.Objection?.ToString(),
        Said = row.Said ?? (row.Outcome == SubmissionOutcome.Accepted ? row.UpstreamId : row.Answer),
        StartedAt = VerbContext.Instant(row.StartedAt),
        row.Elapsed,
    };

    private static FormattableString ReviewLine(ReviewRow review) => review.ClosedAt is { } closed
        ? (FormattableString)$"review {VerbContext.Time(review.OpenedAt)}: {review.Said}; closed {VerbContext.Time(closed)}: {review.Note}"
        : $"review open since {VerbContext.Time(review.OpenedAt)}: {review.Said}";

    private string DueText(PostRow post) =>
        DueOf(post) is not { } due ? "not due"
        : due.Held ? "for funds"
        : $"due {VerbContext.Time(due.At)}";

    private ScheduledWorkRow? DueOf(PostRow post) => _due.Find(due => due.Kind == WorkKind.Post && due.Subject == post.Id);

    private string? At(WorkKind kind) => _due.Find(due => due.Kind == kind) is { } due ? VerbContext.Instant(due.At) : null;

    private static IEnumerable<FormattableString> More(int count, string what)
    {
        if (count > 0)
        {
            yield return $"and {count} {what}";
        }
    }

    private static string NameOf(OrderKind kind) => kind switch
    {
        OrderKind.Plain => "order",
        OrderKind.DripFeed => "drip-feed",
        OrderKind.Subscription => "subscription",
    };

    private static List<T> OldestFirst<T>(List<T> newestFirst)
    {
        newestFirst.Reverse();
        return newestFirst;
    }
}
