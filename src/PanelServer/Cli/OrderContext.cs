using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary>What hangs on an order: its parent or its children, what happens next, posts, reviews, refills, cancel requests.</summary>
internal sealed class OrderContext(OrderOverview overview)
{
    /// <summary>For people, a line each.</summary>
    public IEnumerable<string> Lines() =>
        ((IEnumerable<FormattableString>)
        [
            .. overview.Parent is null ? [] : (FormattableString[])[$"part of {NameOf(overview.Parent.Kind)} {overview.Parent.Id}, {StatusNames.Of(overview.Parent.Status)}"],
            .. overview.Hold is null ? [] : (FormattableString[])[$"held since {VerbContext.Time(overview.Hold.HeldAt)}: its link is blocked by {overview.Hold.Pattern}; panelserver link free --order {overview.Order.Id} lets it go on"],
            .. RunLines(),
            .. SubscriptionLines(),
            .. overview.Children.Select(child => (FormattableString)$"child {child.Id} {StatusNames.Of(child.Status)}, remains {child.Remains}"),
            .. More(overview.ChildCount - overview.Children.Count, "children before these"),
            .. overview.Posts.Select(post => (FormattableString)$"post {post.Link} waits, {DueText(post)}"),
            .. More(overview.PostCount - overview.Posts.Count, "posts more wait"),
            .. ProviderLines(),
            .. overview.Reviews.Select(ReviewLine),
            .. overview.Refills.Select(refill => (FormattableString)$"refill {refill.Id} {StatusNames.Of(refill.Status)}, asked for {VerbContext.Time(refill.CreatedAt)}"),
            .. overview.Cancels.Select(cancel => (FormattableString)$"cancel request {cancel.Status}, asked for {VerbContext.Time(cancel.CreatedAt)}"),
        ]).Select(FormattableString.Invariant);

    /// <summary>The same for programs.</summary>
    public object Json() => new
    {
        Parent = overview.Parent?.Id,
        Children = overview.Children.Select(child => new { child.Id, Status = StatusNames.Of(child.Status), child.Remains }),
        ChildCount = overview.ChildCount,
        overview.Order.Runs,
        overview.Order.IntervalMinutes,
        Paused = overview.IsPaused,
        HeldBy = overview.Hold?.Pattern,
        NextRunAt = At(WorkKind.Run),
        ProviderSpeaksAt = At(WorkKind.Order),
        PostsOrdered = overview.Subscription?.PostsDone,
        ExpiresAt = overview.Subscription?.ExpiresAt is { } end ? VerbContext.Instant(end) : null,
        Posts = overview.Posts.Select(post => new { post.Link, At = DueOf(post) is { } due ? VerbContext.Instant(due.At) : null }),
        PostCount = overview.PostCount,
        Reviews = overview.Reviews.Select(review => new
        {
            review.Said,
            OpenedAt = VerbContext.Instant(review.OpenedAt),
            ClosedAt = review.ClosedAt is { } closed ? VerbContext.Instant(closed) : null,
            review.Note,
        }),
        Refills = overview.Refills.Select(refill => new { refill.Id, Status = StatusNames.Of(refill.Status), AskedAt = VerbContext.Instant(refill.CreatedAt) }),
        Sendings = overview.Submissions.Select(one => SendingJson(one.Row, one.Provider)),
        Cancels = overview.Cancels.Select(cancel => new { Status = cancel.Status.ToString(), AskedAt = VerbContext.Instant(cancel.CreatedAt) }),
    };

    private IEnumerable<FormattableString> RunLines()
    {
        if (overview.Order.Kind == OrderKind.DripFeed)
        {
            var next = overview.Due.FirstOrDefault(due => due.Kind == WorkKind.Run);
            var what = next is null ? "no other starts"
                : next.Held ? $"paused, the next was due {VerbContext.Time(next.At)}"
                : $"the next is due {VerbContext.Time(next.At)}";
            yield return $"runs {overview.Order.Runs}, {overview.Order.IntervalMinutes} min apart, {overview.ChildCount} started; {what}";
        }
    }

    private IEnumerable<FormattableString> SubscriptionLines()
    {
        if (overview.Subscription is { } plan)
        {
            var of = plan.Posts is { } posts ? FormattableString.Invariant($" of {posts + plan.OldPosts}") : "";
            var end = plan.ExpiresAt is { } at ? $"expires {VerbContext.Time(at)}" : "does not expire";
            yield return $"posts ordered {plan.PostsDone}{of}, {overview.PostCount} wait; {end}";
        }
    }

    private IEnumerable<FormattableString> ProviderLines()
    {
        foreach (var (row, provider) in overview.Submissions)
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
                yield return $"costs {cost} there, margin {overview.Order.Charge - overview.Order.Refunded - cost}";
            }
        }

        foreach (var due in overview.Due)
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

    private ScheduledWorkRow? DueOf(PostRow post) => overview.Due.FirstOrDefault(due => due.Kind == WorkKind.Post && due.Subject == post.Id);

    private string? At(WorkKind kind) => overview.Due.FirstOrDefault(due => due.Kind == kind) is { } due ? VerbContext.Instant(due.At) : null;

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
}
