using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;

namespace PanelServer.Queries;

/// <summary>An open review in a list.</summary>
/// <param name="Review">The review.</param>
/// <param name="Status">The state of its order.</param>
internal sealed record ReviewListItem(ReviewRow Review, OrderStatus Status);

/// <summary>Orders whose reviews a change of many is about.</summary>
/// <param name="Orders">Whose, the longest open first.</param>
/// <param name="IsCut">Whether more could be chosen than may be changed at once.</param>
internal sealed record ChosenReviews(IReadOnlyList<int> Orders, bool IsCut);

/// <summary>What is known of an order that a person must look at.</summary>
/// <param name="Order">The order.</param>
/// <param name="Reviews">Its reviews, the oldest first.</param>
/// <param name="Submissions">What providers were asked about it.</param>
/// <param name="Providers">The providers, by id.</param>
internal sealed record ReviewEvidence(
    OrderRow Order,
    IReadOnlyList<ReviewRow> Reviews,
    IReadOnlyList<SubmissionListItem> Submissions,
    IReadOnlyDictionary<int, ProviderRow> Providers);

/// <summary>Reviews: orders that a person must look at.</summary>
internal static class ReviewQueries
{
    private static readonly string[] Names = [.. Enum.GetValues<ReviewKind>().Select(NameOf)];

    /// <summary>How operators call a reason, for each reason.</summary>
    public static IReadOnlyList<string> KindNames => Names;

    /// <summary>How operators call a reason.</summary>
    public static string NameOf(ReviewKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The open ones, the oldest first.</summary>
    public static async Task<List<ReviewListItem>> OpenAsync(PanelDb db, int limit)
    {
        var rows = await db.Reviews.Where(row => row.ClosedAt == null).OrderBy(row => row.OpenedAt).Take(limit)
            .Join(db.Orders, review => review.OrderId, order => order.Id, (review, order) => new { review, order.Status })
            .OrderBy(row => row.review.OpenedAt).ThenBy(row => row.review.Id)
            .ToListAsync();
        return rows.ConvertAll(row => new ReviewListItem(row.review, row.Status));
    }

    /// <summary>The open ones of a kind and a provider.</summary>
    /// <param name="db">A context that reads.</param>
    /// <param name="kindName">The kind, as <see cref="NameOf"/> calls it; null = any.</param>
    /// <param name="providerName">The provider that the order was submitted to last; null = any.</param>
    public static async Task<Result<ChosenReviews>> ChooseAsync(PanelDb db, string? kindName, string? providerName)
    {
        var open = db.Reviews.Where(row => row.ClosedAt == null);
        if (kindName is { } name)
        {
            var at = Array.FindIndex(Names, one => one.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                return new Refusal("unknown_kind", name, string.Join(", ", Names));
            }

            var kind = Enum.GetValues<ReviewKind>()[at];
            open = open.Where(row => row.Kind == kind);
        }

        if (providerName is { } asked)
        {
            if (await db.Providers.FirstOrDefaultAsync(row => EF.Functions.Collate(row.Name, "NOCASE") == asked.Trim()) is not { } provider)
            {
                return new Refusal("unknown_provider", asked.Trim());
            }

            open = open.Where(row => db.Submissions
                .Where(submission => submission.Kind == SubmissionKind.Order && submission.Subject == row.OrderId)
                .OrderByDescending(submission => submission.Id)
                .Select(submission => submission.ProviderId)
                .FirstOrDefault() == provider.Id);
        }

        var orders = await open.OrderBy(row => row.Id).Select(row => row.OrderId).Take(Bulk.MaxIds + 1).ToListAsync();
        return new ChosenReviews([.. orders.Take(Bulk.MaxIds)], orders.Count > Bulk.MaxIds);
    }

    /// <summary>What is known of an order under review; null when there is no such order.</summary>
    public static async Task<ReviewEvidence?> EvidenceAsync(PanelDb db, int id) =>
        await db.Orders.FirstOrDefaultAsync(row => row.Id == id) is { } order
            ? new(
                order,
                await db.Reviews.Where(row => row.OrderId == id).OrderBy(row => row.Id).ToListAsync(),
                await OrderOverview.SubmissionsAsync(db, id),
                await db.Providers.ToDictionaryAsync(row => row.Id))
            : null;
}
