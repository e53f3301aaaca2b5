using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Ledger;
using PanelServer.Providers;

namespace PanelServer.Queries;

/// <summary>Which orders are meant; what is null does not narrow it. Names and states are as people write them.</summary>
internal sealed record OrderFilter
{
    /// <summary>The most orders that one search names.</summary>
    public const int MaxSearched = 1_000;

    /// <summary>A clock that is set back puts no more orders than this behind earlier ones.</summary>
    private const int ClockSlack = 10_000;

    /// <summary>The reseller's name.</summary>
    public string? Reseller { get; init; }

    /// <summary>The state's name, such as Pending.</summary>
    public string? State { get; init; }

    public int? Service { get; init; }

    /// <summary>The name of the provider that has taken them.</summary>
    public string? Provider { get; init; }

    /// <summary>Placed from then on, unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Placed before then, unix milliseconds.</summary>
    public long? To { get; init; }

    /// <summary>Ids, ours or a provider's, separated by blanks or commas; or a part of the link.</summary>
    public string? Search { get; init; }

    /// <summary>Whether rows must be looked at one by one that no index finds.</summary>
    public bool IsScan =>
        Reseller is null && !NamesIds && (State is not null || Service is not null || Provider is not null || Search is not null);

    private bool NamesIds => Search?.Trim() is { Length: > 0 } search && search.AsSpan().IndexOfAny("/.:@") < 0;

    /// <summary>The orders that are meant.</summary>
    /// <returns>Why there are none; null when they can be looked for.</returns>
    public Refusal? Apply(PanelDb db, out IQueryable<OrderRow> orders)
    {
        orders = db.Orders;
        if (Reseller is { } name)
        {
            if (db.Resellers.FirstOrDefault(row => row.Name == name) is not { } reseller)
            {
                return ResellerRefusal.Unknown(name);
            }

            orders = db.OrdersOf(reseller.Id);
        }

        if (Service is { } service)
        {
            if (!db.Services.Any(row => row.Id == service))
            {
                return ManageServices.Unknown(service);
            }

            orders = orders.Where(row => row.ServiceId == service);
        }

        if (State is not null)
        {
            if (!StateOf(State).Try(out var status, out var refusal))
            {
                return refusal;
            }

            orders = orders.Where(row => row.Status == status);
        }

        return ApplyProvider(db, ref orders) ?? ApplySearch(db, ref orders) ?? ApplyDates(db, ref orders);
    }

    /// <summary>The state that a name means.</summary>
    public static Result<OrderStatus> StateOf(string state)
    {
        var known = Enum.GetValues<OrderStatus>();
        var at = Array.FindIndex(known, status => StatusNames.Of(status).Equals(state, StringComparison.OrdinalIgnoreCase));
        return at >= 0
            ? known[at]
            : new Refusal("unknown_state", state, string.Join(", ", known.Select(StatusNames.Of)));
    }

    private Refusal? ApplyProvider(PanelDb db, ref IQueryable<OrderRow> orders)
    {
        if (Provider is null)
        {
            return null;
        }

        if (ProviderQueries.Find(db, Provider) is not { } provider)
        {
            return ManageProviders.Unknown(Provider);
        }

        orders = orders.Where(row => db.Submissions.Any(submission => submission.Kind == SubmissionKind.Order
            && submission.Subject == row.Id && submission.Outcome == SubmissionOutcome.Accepted && submission.ProviderId == provider.Id));
        return null;
    }

    private Refusal? ApplySearch(PanelDb db, ref IQueryable<OrderRow> orders)
    {
        if (Search?.Trim() is not { Length: > 0 } search)
        {
            return null;
        }

        if (!NamesIds)
        {
            orders = orders.Where(row => row.Link != null && row.Link.Contains(search));
            return null;
        }

        var ids = search.Split([' ', ',', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length > MaxSearched)
        {
            return new Refusal("too_many_searched", ids.Length, MaxSearched);
        }

        // By provider: so is the index of their ids.
        var upstream = db.Providers.SelectMany(provider => db.Submissions.Where(submission =>
            submission.ProviderId == provider.Id && submission.Kind == SubmissionKind.Order && ids.Contains(submission.UpstreamId)))
            .Select(submission => submission.Subject)
            .ToList();
        var named = ids.Select(id => int.TryParse(id, out var number) ? number : 0).Concat(upstream).Distinct().ToList();
        orders = orders.Where(row => named.Contains(row.Id));
        return null;
    }

    /// <summary>Ids rise with time: so a date is found by halving, and no index by time is needed.</summary>
    private Refusal? ApplyDates(PanelDb db, ref IQueryable<OrderRow> orders)
    {
        if (From is { } from)
        {
            var first = FirstFrom(db, from) - ClockSlack;
            orders = orders.Where(row => row.Id >= first && row.CreatedAt >= from);
        }

        if (To is { } to)
        {
            var end = FirstFrom(db, to) + ClockSlack;
            orders = orders.Where(row => row.Id < end && row.CreatedAt < to);
        }

        return null;
    }

    private static int FirstFrom(PanelDb db, long instant)
    {
        var low = db.Orders.Min(row => (int?)row.Id) ?? 1;
        var high = (db.Orders.Max(row => (int?)row.Id) ?? 0) + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var at = db.Orders.Where(row => row.Id >= middle).OrderBy(row => row.Id).Select(row => (long?)row.CreatedAt).FirstOrDefault();
            if (at is { } created && created < instant)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
