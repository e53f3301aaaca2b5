using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Orders;
using PanelServer.Providers.Dispatch;
using PanelServer.Queries;

namespace PanelServer.Cli;

/// <summary><c>review show</c>: the evidence about an order that a person must look at, and what may be done.</summary>
internal static class ReviewPage
{
    public static async Task<int> ShowAsync(VerbContext context, PanelDb db, int id)
    {
        if (await ReviewQueries.EvidenceAsync(db, id) is not { } evidence)
        {
            return context.Refuse(OrderRefusal.Unknown(id));
        }

        var (order, reviews, sendings, providers) = evidence;
        var isOpen = reviews.Any(review => review.ClosedAt is null);
        var isUnknown = isOpen && sendings.Any(one => one.Row.Outcome == SubmissionOutcome.Unknown && SubmissionHandlers.Of(one.Row.Kind) is IReconcilableSubmission);
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"order {id}: {StatusNames.Of(order.Status)}, charged {order.Charge}, paid back {order.Refunded}"),
        };
        lines.AddRange(reviews.Select(review => review.ClosedAt is { } closed
            ? $"  review {VerbContext.Time(review.OpenedAt)}: {review.Said}; closed {VerbContext.Time(closed)}: {review.Note}"
            : $"  open since {VerbContext.Time(review.OpenedAt)}: {review.Said}"));
        foreach (var (row, provider) in sendings)
        {
            lines.Add($"  {FormattableString.Invariant(OrderContext.SendingLine(row, provider))}");
            lines.AddRange(EvidenceOf(row, providers[row.ProviderId]).Select(line => $"    {line}"));
        }

        var isOrder = isUnknown && sendings.Any(one => one.Row is { Outcome: SubmissionOutcome.Unknown, Kind: SubmissionKind.Order }) && !OrderLifecycle.IsFinal(order.Status);
        lines.AddRange(WaysOf(order, isOpen, isUnknown, isOrder).Select(line => $"  {line}"));
        return context.Write(
            new
            {
                Order = id,
                Status = StatusNames.Of(order.Status),
                Charge = order.Charge.ToString(),
                Refunded = order.Refunded.ToString(),
                Unknown = isUnknown,
                Reviews = reviews.Select(review => new
                {
                    review.Said,
                    OpenedAt = VerbContext.Instant(review.OpenedAt),
                    ClosedAt = review.ClosedAt is { } closed ? VerbContext.Instant(closed) : null,
                    review.Note,
                }),
                Sendings = sendings.Select(one => new
                {
                    Sending = OrderContext.SendingJson(one.Row, one.Provider),
                    one.Row.Sent,
                    one.Row.SentBytes,
                    one.Row.Answer,
                    BalanceBefore = TextOf(one.Row.BalanceBefore),
                    BalanceAfter = TextOf(one.Row.BalanceAfter),
                }),
            },
            string.Join(Environment.NewLine, lines));
    }

    private static IEnumerable<string> EvidenceOf(SubmissionRow row, ProviderRow provider)
    {
        if (row.Sent is { Length: > 0 } sent)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"sent {row.SentBytes} bytes: {sent}");
        }

        if (row.Elapsed is { } elapsed && row.Outcome != SubmissionOutcome.Accepted)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"after {elapsed} ms came back: {(row.Answer is { Length: > 0 } answer ? answer : "nothing")}");
        }

        if (row.Outcome == SubmissionOutcome.Unknown && row.Kind == SubmissionKind.Order)
        {
            yield return $"balance there last heard before {TextOf(row.BalanceBefore) ?? "not known"}, asked after {TextOf(row.BalanceAfter) ?? "not known"} {provider.Currency}".TrimEnd()
                + $", other orders of that time included; this one was expected to cost {row.Cost?.ToString() ?? "something not known"} here";
        }
    }

    private static IEnumerable<string> WaysOf(OrderRow order, bool isOpen, bool isUnknown, bool isOrder)
    {
        var id = order.Id.ToString(CultureInfo.InvariantCulture);
        if (isUnknown)
        {
            yield return "look at the provider's own list, then one of:";
            yield return $"  panelserver review link {id} UPSTREAM-ID --note TEXT   it is there by this id";
            yield return $"  panelserver review resend {id} --note TEXT             it is not there: send it again";
            yield return isOrder
                ? $"  panelserver review refund {id} --note TEXT             pay it back, whatever became of it there"
                : "  panelserver refill complete or reject REFILL          end it by hand, then close the review";
        }
        else if (isOpen)
        {
            var correct = OrderLifecycle.IsFinal(order.Status) ? "order correct" : "order";
            yield return $"find out what is true, put the order right if it is wrong (panelserver {correct} …), then:";
            yield return $"  panelserver review close {id} --note TEXT";
        }
    }

    private static string? TextOf(long? balance) => balance is { } units ? new Money(units).ToString() : null;
}
