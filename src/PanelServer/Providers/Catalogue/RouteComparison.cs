using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using PanelServer.Texts;

namespace PanelServer.Providers.Catalogue;

/// <summary>
/// One route compared with its provider's catalogue: what differs, what becomes of route and service, and of what
/// operators are told. Ours follows theirs only where it still is what was last taken over: who has edited it keeps it.
/// </summary>
internal sealed class RouteComparison
{
    private readonly ComparisonFindings _findings;
    private readonly ComparisonOptions _terms;

    private RouteComparison(ServiceRoute ours, ComparisonOptions terms)
    {
        Ours = ours;
        Route = RouteCopy.Of(ours.Route);
        Service = ServiceReading.RowOf(ServiceReading.Of(ours.Service));
        _findings = new(Service.Id, Route.UpstreamService);
        _terms = terms;
    }

    /// <summary>Route and service as they were read.</summary>
    public ServiceRoute Ours { get; }

    /// <summary>The route as it is to be.</summary>
    public RouteRow Route { get; }

    /// <summary>The service as it is to be.</summary>
    public ServiceRow Service { get; }

    public IReadOnlyList<Difference> Differences => _findings.Differences;

    /// <summary>What operators shall be told, each kind once.</summary>
    public IReadOnlyDictionary<AlertKind, string> Alerts => _findings.Alerts;

    public bool ChangesRoute => !RouteCopy.Same(Ours.Route, Route);

    public bool ChangesService => !IsAsRead(Service);

    /// <summary>Whether a service is, in all that a comparison looks at, as it was when it was read.</summary>
    public bool IsAsRead(ServiceRow service)
    {
        static object Parts(ServiceRow row) => (row.Type, row.Rate, row.Name, row.Category, row.Min, row.Max);
        return Parts(Ours.Service).Equals(Parts(service));
    }

    private ServiceType Type => ServiceType.Of(Service.Type);

    /// <summary>The type by which a provider has to offer it: a subscription's posts are plain orders there.</summary>
    private ServiceType TypeThere => Type == ServiceType.Subscriptions ? ServiceType.Default : Type;

    /// <summary>Compares a route.</summary>
    /// <param name="ours">The route and its service.</param>
    /// <param name="theirs">The provider's service; null when it is not there.</param>
    /// <param name="unusable">Its row when that cannot be used.</param>
    /// <param name="terms">How.</param>
    public static RouteComparison Of(ServiceRoute ours, UpstreamService? theirs, UnusableService? unusable, ComparisonOptions terms)
    {
        var comparison = new RouteComparison(ours, terms);
        if (theirs is not null)
        {
            comparison.Compare(theirs);
        }
        else if (unusable is not null)
        {
            comparison.CannotBeUsed(unusable);
        }
        else
        {
            comparison.IsGone();
        }

        return comparison;
    }

    private void IsGone()
    {
        // One reading without it may be a broken one, and a person has looked at what he takes over.
        var isFirst = Route.MissedAt is null;
        Route.MissedAt ??= _terms.Now;
        if (isFirst && !_terms.TakesOver && !IsLocked(RouteLockKind.Removed))
        {
            KeepToldOf();
            return;
        }

        if (!IsLocked(RouteLockKind.Removed))
        {
            _findings.Add(DifferenceKind.Removed, Ours.Route.UpstreamName ?? Service.Name, "");
        }

        _findings.Alert(AlertKind.Removed, $"{Subject()} is not in its catalogue any more");
        Lock(RouteLock.Removed);
    }

    private void CannotBeUsed(UnusableService row)
    {
        if (!IsLocked(RouteLockKind.Changed))
        {
            _findings.Add(DifferenceKind.Unusable, Ours.Route.UpstreamName ?? Service.Name, row.Why);
        }

        _findings.Alert(AlertKind.Changed, $"{Subject()} cannot be used as its catalogue lists it: {row.Why}");
        Lock(RouteLock.Changed($"it cannot be used as the catalogue lists it: {row.Why}"));
    }

    /// <summary>What is not part of this reading has not changed, and its alerts stay open.</summary>
    private void KeepToldOf()
    {
        if (Route.Lock is { Kind: RouteLockKind.BelowCost or RouteLockKind.Changed } why)
        {
            _findings.Alert(why.Kind == RouteLockKind.BelowCost ? AlertKind.BelowCost : AlertKind.Changed, $"{Subject()}: {why.Text}");
        }
    }

    private void Compare(UpstreamService theirs)
    {
        Route.MissedAt = null;
        if (IsLocked(RouteLockKind.Removed))
        {
            _findings.Add(DifferenceKind.Back, "", theirs.Name);
        }

        // A price of another type may mean something else: nothing is taken over.
        if (theirs.Type != TypeThere && theirs.TypeText.Length > 0)
        {
            if (!IsLocked(RouteLockKind.Changed))
            {
                _findings.Add(DifferenceKind.Type, TypeThere.Name, theirs.TypeText, isKept: true);
            }

            _findings.Alert(AlertKind.Changed, $"{Subject()} is of type {theirs.TypeText} now, here it is {TypeThere.Name}");
            Lock(RouteLock.Changed($"it is of type {theirs.TypeText} there and {TypeThere.Name} here"));
            return;
        }

        See(theirs.Rate);
        CompareOffers(theirs);
        ComparePrice(theirs);
        if (_terms.TakesOver)
        {
            CompareText(theirs);
            CompareBounds(theirs);
        }

        CompareFit(theirs);
        CompareWithCost(new(Route.SeenCost, Route.AcceptedCost, _terms.Exchange, new(Route.Multiplier)));
    }

    /// <summary>Keeps what it is seen to cost. A list that says what it said before is no news where an order was charged more.</summary>
    private void See(Rate listed)
    {
        if (Route.SeenCost is null || Route.ListedCost != listed)
        {
            (Route.SeenCost, Route.SeenAt) = (listed, _terms.Now);
        }

        Route.ListedCost = listed;
    }

    private void ComparePrice(UpstreamService theirs)
    {
        var had = Ours.Route.Cost;
        if (had is { } was && was != theirs.Rate)
        {
            if (_terms.IsJump(was, theirs.Rate))
            {
                _findings.Add(DifferenceKind.Jump, was.ToString(), theirs.Rate.ToString(), isKept: !_terms.AcceptsJumps);
                if (!_terms.AcceptsJumps)
                {
                    _findings.Alert(AlertKind.PriceJump, $"{Subject()} cost {was} and costs {theirs.Rate} now");
                    return;
                }
            }
            else
            {
                _findings.Add(DifferenceKind.Cost, was.ToString(), theirs.Rate.ToString());
            }
        }

        if (!_terms.TakesOver)
        {
            return;
        }

        Route.Cost = theirs.Rate;
        if (!Ours.IsFirst)
        {
            return;
        }

        if (!_terms.PriceOf(theirs, new(Route.Multiplier)).Try(out var price, out var outOfRange))
        {
            _findings.TellChange($"{Subject()}: {CommandLineTexts.Of(outOfRange)}; its price stays {Service.Rate}");
            return;
        }

        var isOwn = Ours.Route.SyncedRate != Ours.Service.Rate;
        if (price != Service.Rate && (!isOwn || (had is not null && had != theirs.Rate)))
        {
            _findings.Add(DifferenceKind.Price, Service.Rate.ToString(), price.ToString(), isOwn);
        }

        if (!isOwn)
        {
            Service.Rate = price;
            Route.SyncedRate = price;
        }
    }

    private void CompareText(UpstreamService theirs)
    {
        var (name, category) = (Ours.Route.UpstreamName, Ours.Route.UpstreamCategory);
        Service.Name = Follows(DifferenceKind.Name, name, theirs.Name, Service.Name) ? theirs.Name : Service.Name;
        Service.Category = Follows(DifferenceKind.Category, category, theirs.Category, Service.Category) ? theirs.Category : Service.Category;
        Route.UpstreamName = theirs.Name;
        Route.UpstreamCategory = theirs.Category;
    }

    private void CompareBounds(UpstreamService theirs)
    {
        var (before, multiplier) = (Ours.Route, new Multiplier(Route.Multiplier));
        Route.UpstreamMin = theirs.Min;
        Route.UpstreamMax = theirs.Max;
        if (QuantityBounds.Ordered(new(theirs.Min, theirs.Max), multiplier) is not { } now)
        {
            return;
        }

        var had = before is { UpstreamMin: { } least, UpstreamMax: { } most } ? QuantityBounds.Ordered(new(least, most), multiplier) : null;
        var min = Follows(DifferenceKind.Min, Text(had?.Min), Text(now.Min), Text(Service.Min)) ? now.Min : Service.Min;
        var max = Follows(DifferenceKind.Max, Text(had?.Max), Text(now.Max), Text(Service.Max)) ? now.Max : Service.Max;

        // One that follows may pass one that is kept; then nothing fits both, and ours stay.
        if (min > max)
        {
            _findings.Remove(DifferenceKind.Min, DifferenceKind.Max);
            _findings.Add(DifferenceKind.Min, Text(Service.Min), Text(now.Min), isKept: true);
            _findings.Add(DifferenceKind.Max, Text(Service.Max), Text(now.Max), isKept: true);
            return;
        }

        (Service.Min, Service.Max) = (min, max);
    }

    /// <summary>Whether any quantity fits both ours and theirs; no order gets through where none does.</summary>
    private void CompareFit(UpstreamService theirs)
    {
        if (Type.QuantityFrom == QuantitySource.One)
        {
            return;
        }

        var fit = QuantityBounds.Ordered(new(theirs.Min, theirs.Max), new(Route.Multiplier));
        if (fit is not { } bounds || Math.Max(bounds.Min, Service.Min) > Math.Min(bounds.Max, Service.Max))
        {
            _findings.TellChange($"{Subject()} takes {theirs.Min} to {theirs.Max} there and {Service.Min} to {Service.Max} here");
        }
    }

    /// <summary>What ours offers and theirs does not. Runs are orders that the panel makes itself: nobody has to be told.</summary>
    private void CompareOffers(UpstreamService theirs)
    {
        var lost = new List<string>();
        if (Service.RefillDays is { } days && !theirs.Refill)
        {
            _findings.Add(DifferenceKind.Refill, string.Create(CultureInfo.InvariantCulture, $"{days} d"), "no", isKept: true);
            lost.Add("refill");
        }

        if (Service.Cancel && !theirs.Cancel)
        {
            _findings.Add(DifferenceKind.Cancel, "yes", "no", isKept: true);
            lost.Add("cancel");
        }

        if (Service.Dripfeed && !theirs.Dripfeed)
        {
            _findings.Add(DifferenceKind.Drip, "yes", "no", isKept: true);
        }

        if (lost.Count > 0)
        {
            _findings.TellChange($"{Subject()} is sold with {string.Join(" and ", lost)}, which it does not offer");
        }
    }

    private void CompareWithCost(RouteCost cost)
    {
        if (!cost.IsAbove(Service.Rate))
        {
            Lock(null);
            return;
        }

        if (!IsLocked(RouteLockKind.BelowCost))
        {
            _findings.Add(DifferenceKind.BelowCost, Service.Rate.ToString(), cost.Text, isKept: true);
        }

        _findings.Alert(AlertKind.BelowCost, $"{Subject()} costs {cost.Text} and is sold for {Service.Rate}");
        Lock(RouteLock.BelowCost(cost, Service.Rate));
    }

    /// <summary>Whether ours follows theirs: it is of the first route, and still is what was last taken over.</summary>
    private bool Follows(DifferenceKind kind, string? lastTaken, string theirs, string ours)
    {
        var follows = Ours.IsFirst && lastTaken == ours;
        var hasNews = lastTaken is not null && lastTaken != theirs;
        if (Ours.IsFirst && theirs != ours && (follows || hasNews))
        {
            _findings.Add(kind, ours, theirs, !follows);
        }

        return follows;
    }

    private bool IsLocked(RouteLockKind kind) => Route.LockKind == kind;

    /// <summary>Locks the route, or ends its lock; one that was not set by a comparison stays.</summary>
    private void Lock(RouteLock? why)
    {
        if (Route.Lock is not { IsOfComparison: false })
        {
            Route.Lock = why;
        }
    }

    private string Subject() => FormattableString.Invariant($"service {Service.Id} ({Service.Name})");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(int? number) => number is { } known ? Text(known) : null;
}
