using System.Reflection;
using Microsoft.EntityFrameworkCore;
using PanelServer.Cancels;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Domain.Subscriptions;
using PanelServer.Hosting;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Refills;
using PanelServer.Resellers;
using PanelServer.Subscriptions;
using PanelServer.Tests.Providers;
using PanelServer.Tests.Providers.Catalogue;
using PanelServer.Texts;

namespace PanelServer.Tests.Architecture;

/// <summary>
/// Every command leaves an audit row that says who acted, or is exempt here with its reason. A command is a public method
/// whose first argument is an <see cref="ActorContext"/>; a new one fails until it has a line in one of the two tables.
/// </summary>
public sealed class AuditedCommandsTests
{
    private const string Url = "https://example.com/post";

    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["PlaceOrder.RunAsync"] = "hot path: the order, its charge and its idempotency key are the record",
        ["RequestRefill.RunAsync"] = "hot path: the refill is the record",
        ["RequestCancel.RunAsync"] = "hot path: the cancel request, the move and its refund are the record",
        ["ApplyProviderStatus.RunAsync"] = "a provider's report: the move, its refund or the review are the record",
        ["CompareCatalogue.RunAsync"] = "done by the panel itself: the route's seen cost and the alerts are the record",
        ["CompareCatalogue.UnreadAsync"] = "done by the panel itself: the alert is the record",
        ["ApplyCatalogueSync.RoutesAsync"] = "a part of SyncServices and CompareCatalogue",
        ["ApplyCatalogueSync.AlertsAsync"] = "a part of SyncServices and CompareCatalogue",
        ["AppearPosts.InventAsync"] = "a sandbox's control call: the books are invented",
        ["Faults.AddAsync"] = "a sandbox's control call: no books",
        ["Faults.ClearAsync"] = "a sandbox's control call: no books",
        ["Bulk.RunAsync"] = "carries the commands of one verb; each of them is audited in the unit",
        ["WriteQueue.RunAsync"] = "carries units; what they do is audited in them",
        ["WriteQueue.PreviewAsync"] = "taken back: nothing is done",
        ["WriteQueue.RunAloneAsync"] = "exchanges a sandbox's whole world, the audit with it",
    };

    private static readonly Dictionary<string, Func<World, Task<Refusal?>>> Audited = new()
    {
        ["ManageResellers.AddAsync"] = async world => (await world.Get<ManageResellers>().AddAsync(world.Actor, "bob", World.Opening)).Refusal,
        ["ManageResellers.SuspendAsync"] = async world => (await world.Get<ManageResellers>().SuspendAsync(world.Actor, World.Reseller, suspended: false)).Refusal,
        ["ManageResellers.DiscountAsync"] = async world => (await world.Get<ManageResellers>().DiscountAsync(world.Actor, World.Reseller, 100)).Refusal,
        ["ManageResellers.PriceAsync"] = async world =>
            (await world.Get<ManageResellers>().PriceAsync(world.Actor, World.Reseller, world.Service, SellingPanel.Rates("0.5"))).Refusal,
        ["ManageResellers.IssueKeyAsync"] = async world => (await world.Get<ManageResellers>().IssueKeyAsync(world.Actor, World.Reseller, new byte[32])).Refusal,
        ["ManageResellers.RevokeKeyAsync"] = async world =>
        {
            var key = (await world.Get<ManageResellers>().IssueKeyAsync(Actors.Operator, World.Reseller, [1, .. new byte[31]])).Value;
            return (await world.Get<ManageResellers>().RevokeKeyAsync(world.Actor, key.Prefix)).Refusal;
        },
        ["MakePayment.RunAsync"] = async world =>
            (await world.Get<MakePayment>().RunAsync(world.Actor, new(World.Reseller, TransferKind.Deposit, World.Opening, "a test", null))).Refusal,
        ["ManageServices.AddAsync"] = async world => (await world.Get<ManageServices>().AddAsync(world.Actor, World.Draft)).Refusal,
        ["ManageServices.EditAsync"] = async world => (await world.Get<ManageServices>().EditAsync(world.Actor, world.Service, new() { Name = "Renamed" })).Refusal,
        ["ManageServices.EnableAsync"] = async world => (await world.Get<ManageServices>().EnableAsync(world.Actor, world.Service, enabled: true)).Refusal,
        ["ManageServices.MoveAsync"] = async world => (await world.Get<ManageServices>().MoveAsync(world.Actor, world.Service, 1)).Refusal,
        ["ImportServices.RunAsync"] = async world => (await world.Get<ImportServices>().RunAsync(world.Actor, [new(1, 77, World.Draft)], renumber: true)).Refusal,
        ["MoveOrder.RunAsync"] = async world =>
            (await world.Get<MoveOrder>().RunAsync(world.Actor, await world.OrderAsync(), new(OrderStatus.Processing, world.Actor.Kind))).Refusal,
        ["MoveOrder.ProgressAsync"] = async world =>
        {
            var order = await world.OrderAsync(OrderStatus.InProgress);
            return (await world.Get<MoveOrder>().ProgressAsync(world.Actor, order, 50)).Refusal;
        },
        ["CorrectOrder.RunAsync"] = async world =>
        {
            var order = await world.OrderAsync(OrderStatus.Completed);
            return (await world.Get<CorrectOrder>().RunAsync(world.Actor, new(order, OrderStatus.Partial, 10, "a test"))).Refusal;
        },
        ["PauseRuns.PauseAsync"] = async world => (await world.Get<PauseRuns>().PauseAsync(world.Actor, await world.DripAsync())).Refusal,
        ["PauseRuns.ResumeAsync"] = async world =>
        {
            var order = await world.DripAsync();
            await world.Get<PauseRuns>().PauseAsync(Actors.Operator, order);
            return (await world.Get<PauseRuns>().ResumeAsync(world.Actor, order)).Refusal;
        },
        ["AppearPosts.RunAsync"] = async world => (await world.Get<AppearPosts>().RunAsync(world.Actor, await world.SubscribeAsync(), [Url])).Refusal,
        ["AnswerCancel.AcceptAsync"] = async world => (await world.Get<AnswerCancel>().AcceptAsync(world.Actor, await world.CancelAsync(), 10)).Refusal,
        ["AnswerCancel.RefuseAsync"] = async world => (await world.Get<AnswerCancel>().RefuseAsync(world.Actor, await world.CancelAsync())).Refusal,
        ["MoveRefill.RunAsync"] = async world => (await world.Get<MoveRefill>().RunAsync(world.Actor, await world.RefillAsync(), RefillStatus.InProgress)).Refusal,
        ["BlockLinks.BlockAsync"] = async world => (await world.Get<BlockLinks>().BlockAsync(world.Actor, LinkBlockKind.Hold, "held.example", "")).Refusal,
        ["BlockLinks.FreeAsync"] = async world =>
        {
            await world.Get<BlockLinks>().BlockAsync(Actors.Operator, LinkBlockKind.Ban, "banned.example", "");
            return (await world.Get<BlockLinks>().FreeAsync(world.Actor, "banned.example")).Refusal;
        },
        ["BlockLinks.FreeOrderAsync"] = async world => (await world.Get<BlockLinks>().FreeOrderAsync(world.Actor, await world.HeldAsync())).Refusal,
        ["ManualReviews.CloseAsync"] = async world =>
        {
            var order = await world.OrderAsync();
            await world.DoAsync(unit => ManualReviews.Open(unit, order, ReviewKind.State, new("as_found", "odd"), 1));
            return (await world.Get<ManualReviews>().CloseAsync(world.Actor, order, "looked at")).Refusal;
        },
        ["ReconcileSubmission.LinkAsync"] = async world =>
            (await world.Get<ReconcileSubmission>().LinkAsync(world.Actor, await world.UnknownAsync(), "4711", "found", CancellationToken.None)).Refusal,
        ["ReconcileSubmission.ResendAsync"] = async world => (await world.Get<ReconcileSubmission>().ResendAsync(world.Actor, await world.UnknownAsync(), "not there")).Refusal,
        ["ReconcileSubmission.RefundAsync"] = async world => (await world.Get<ReconcileSubmission>().RefundAsync(world.Actor, await world.UnknownAsync(), "lost")).Refusal,
        ["ManageProviders.AddAsync"] = async world =>
            (await world.Get<ManageProviders>().AddAsync(world.Actor, "another", new() { Url = Url, Key = "a-key" }, isAsked: false, CancellationToken.None)).Refusal,
        ["ManageProviders.EditAsync"] = async world => (await world.Get<ManageProviders>().EditAsync(world.Actor, "acme", new() { PerSecond = 3 })).Refusal,
        ["ManageProviders.PauseAsync"] = async world => (await world.Get<ManageProviders>().PauseAsync(world.Actor, "acme", "a test")).Refusal,
        ["ManageProviders.ResumeAsync"] = async world => (await world.Get<ManageProviders>().ResumeAsync(world.Actor, "acme")).Refusal,
        ["ManageRoutes.AddAsync"] = async world =>
            (await world.Get<ManageRoutes>().AddAsync(world.Actor, world.Service, "acme", "99", new(), isAsked: false, CancellationToken.None)).Refusal,
        ["ManageRoutes.EditAsync"] = async world => (await world.Get<ManageRoutes>().EditAsync(world.Actor, await world.RouteAsync("1"), new() { Priority = 2 })).Refusal,
        ["ManageRoutes.UnlockAsync"] = async world =>
        {
            var route = await world.RouteAsync("2");
            await world.DoAsync(unit => unit.Db.Routes.Where(row => row.Id == route).ExecuteUpdate(row => row.SetProperty(r => r.Locked, "a test")));
            return (await world.Get<ManageRoutes>().UnlockAsync(world.Actor, route)).Refusal;
        },
        ["ManageRoutes.RemoveAsync"] = async world => (await world.Get<ManageRoutes>().RemoveAsync(world.Actor, await world.RouteAsync("3"))).Refusal,
        ["Alerts.CloseAsync"] = async world =>
        {
            await world.DoAsync(unit => Alerts.Raise(unit, world.Provider, AlertKind.Word, "odd", new("as_found", "an odd word"), 1));
            return (await world.Get<Alerts>().CloseAsync(world.Actor, 1)).Refusal;
        },
        ["SetProviderWords.SetAsync"] = async world => (await world.Get<SetProviderWords>().SetAsync(world.Actor, "acme", [("oddly", WordMeaning.Pending)])).Refusal,
        ["SetProviderWords.RemoveAsync"] = async world =>
        {
            await world.Get<SetProviderWords>().SetAsync(Actors.Operator, "acme", [("rarely", WordMeaning.Pending)]);
            return (await world.Get<SetProviderWords>().RemoveAsync(world.Actor, "acme", "rarely")).Refusal;
        },
        ["SetMarkup.SetAsync"] = async world =>
            (await world.Get<SetMarkup>().SetAsync(world.Actor, "acme", MarkupScope.Provider, new(2_000, null, null, null, null))).Refusal,
        ["SetMarkup.RemoveAsync"] = async world =>
        {
            await world.Get<SetMarkup>().SetAsync(Actors.Operator, "acme", MarkupScope.OfService("5"), new(2_000, null, null, null, null));
            return (await world.Get<SetMarkup>().RemoveAsync(world.Actor, "acme", MarkupScope.OfService("5"))).Refusal;
        },
        ["ImportUpstream.RunAsync"] = async world => (await world.Get<ImportUpstream>().RunAsync(
            world.Actor, world.Provider, SellingPanel.Listing(SellingPanel.Theirs("501")), new(), false, new Progress<double>())).Refusal,
        ["SyncServices.RunAsync"] = async world =>
        {
            var theirs = SellingPanel.Listing(SellingPanel.Theirs("601"));
            await world.Get<ImportUpstream>().RunAsync(Actors.Operator, world.Provider, theirs, new(), false, new Progress<double>());
            var dearer = SellingPanel.Listing(SellingPanel.Theirs("601", "1.01"));
            return (await world.Get<SyncServices>().RunAsync(world.Actor, world.Provider, dearer, new(), new Progress<double>())).Refusal;
        },
    };

    [Fact]
    public void Every_command_is_audited_or_exempt()
    {
        Assert.Empty(Audited.Keys.Intersect(Exempt.Keys));
        Assert.Equal(Commands(), Audited.Keys.Concat(Exempt.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_audited_command_says_who_acted()
    {
        await using var upstream = new SayingUpstream { Status = """{"status":"Pending","charge":"0.01","remains":"100","start_count":"0","currency":"USD"}""" };
        await using var selling = await SellingPanel.OpenAsync();
        var world = await World.MakeAsync(selling, upstream.Address);
        var wrong = new List<string>();
        foreach (var (command, run) in Audited)
        {
            world.Actor = Actors.Operator with { Id = 7, Channel = "walk", Address = "192.0.2.7", RequestId = command };
            var refusal = await run(world);
            var rows = selling.Read(db => db.Audit.Where(row => row.RequestId == command).ToList());
            if (refusal is not null || rows.Count == 0 || !rows.TrueForAll(row => IsBy(row, world.Actor)))
            {
                wrong.Add($"{command}: {(refusal is null ? $"{rows.Count} rows" : CommandLineTexts.Of(refusal))}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_an_operator_pays_back_is_the_operators()
    {
        await using var upstream = new SayingUpstream();
        await using var selling = await SellingPanel.OpenAsync();
        var world = await World.MakeAsync(selling, upstream.Address);
        var order = await world.UnknownAsync();

        Assert.Null((await world.Get<ReconcileSubmission>().RefundAsync(Actors.Operator, order, "lost")).Refusal);

        var move = selling.Read(db => db.OrderMoves.Single(row => row.OrderId == order));
        Assert.Equal((Domain.Lifecycles.Actor.Operator, OrderStatus.Canceled), (move.Actor, move.ToStatus));
        var row = selling.Read(db => db.Audit.Single(row => row.Action == "review refund"));
        Assert.Equal(($"order {order}", "lost", "0.09000", "100.00000"), (row.Subject, row.Detail, row.Amount?.ToString(), row.Balance?.ToString()));
    }

    private static bool IsBy(AuditRow row, ActorContext actor) =>
        (row.ActorKind, row.Who, row.Channel, row.ActorId, row.Address) == (actor.Kind, actor.Name, actor.Channel, actor.Id, actor.Address);

    private static IEnumerable<string> Commands() => typeof(PanelServices).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(ActorContext) && !method.IsSpecialName)
        .Where(method => method.Name is not ("Equals" or "op_Equality" or "op_Inequality"))
        .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>A panel with a reseller, services and a provider, and what the commands need to be carried out.</summary>
    private sealed class World
    {
        public const string Reseller = "alice";

        public static readonly Money Opening = Money.TryParse("100", out var money) ? money : throw new InvalidOperationException();

        public static readonly ServiceDraft Draft = new()
        {
            Type = "Default",
            Category = "First",
            Name = "Followers",
            Rate = "0.90",
            Min = 10,
            Max = 10_000,
            Dripfeed = true,
            RefillDays = 30,
            RefillHours = 0,
            Cancel = true,
        };

        private int _links;

        private World(SellingPanel selling) => Selling = selling;

        public ActorContext Actor { get; set; } = Actors.Operator;

        private Panel Panel => Selling.Panel;

        public int Provider => Selling.Provider;

        public int Service { get; private init; }


        private SellingPanel Selling { get; }

        private int Auto { get; init; }

        private int ResellerId { get; init; }

        public static async Task<World> MakeAsync(SellingPanel selling, Uri upstream)
        {
            await selling.Panel.Writes.RunAsync(ActorContext.System, unit => unit.Db.Providers
                .ExecuteUpdate(row => row.SetProperty(provider => provider.Url, upstream.ToString()).SetProperty(provider => provider.Internal, true)));
            return new(selling)
            {
                Service = (await selling.Panel.ManageServices.AddAsync(Actors.Operator, Draft)).Value.Id,
                Auto = (await selling.Panel.ManageServices.AddAsync(
                    Actors.Operator,
                    Draft with { Type = "Subscriptions", Dripfeed = false, RefillDays = 0 })).Value.Id,
                ResellerId = (await selling.Panel.ManageResellers.AddAsync(Actors.Operator, Reseller, Opening)).Value,
            };
        }

        public T Get<T>()
            where T : notnull => Panel.Get<T>();

        public Task DoAsync(Action<UnitOfWork> work) => Panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            work(unit);
            return true;
        });

        public async Task<int> OrderAsync(OrderStatus to = OrderStatus.Pending)
        {
            var order = await PlaceAsync(Service, new() { Link = $"{Url}/{++_links}", Quantity = 100 });
            if (to != OrderStatus.Pending)
            {
                await Panel.MoveOrder.RunAsync(Actors.Operator, order, new(to, Actors.Operator.Kind));
            }

            return order;
        }

        public Task<int> DripAsync() => PlaceAsync(Service, new() { Link = $"{Url}/{++_links}", Quantity = 200, Drip = new DripFeed(2, 60) });

        public Task<int> SubscribeAsync() => PlaceAsync(Auto, new() { Quantity = 0, Subscription = new SubscriptionPlan(20, 50, 5, 2, 0, null) });

        public async Task<int> CancelAsync()
        {
            var order = await OrderAsync(OrderStatus.InProgress);
            await Panel.RequestCancel.RunAsync(Actors.Reseller, ResellerId, [order], retry: null, _ => null);
            return order;
        }

        public async Task<int> RefillAsync()
        {
            var order = await OrderAsync(OrderStatus.Completed);
            return (await Panel.RequestRefill.RunAsync(Actors.Reseller, ResellerId, [order], retry: null, _ => null)).Outcome![0].Value;
        }

        public Task<int> HeldAsync() => PlaceAsync(Service, new() { Link = $"{Url}/{++_links}", Quantity = 100 }, heldBy: "held.example");

        public async Task<int> RouteAsync(string theirs) =>
            (await Panel.ManageRoutes.AddAsync(Actors.Operator, Service, "acme", theirs, new(), isAsked: false, CancellationToken.None)).Value.Id;

        /// <summary>An order of which nobody knows whether the provider has it.</summary>
        public async Task<int> UnknownAsync()
        {
            var order = await OrderAsync();
            await DoAsync(unit =>
            {
                var id = unit.Submissions.Begin(new()
                {
                    Kind = SubmissionKind.Order,
                    Subject = order,
                    Order = order,
                    Provider = Provider,
                    UpstreamService = "1",
                    Quantity = 100,
                    At = 1,
                });
                unit.Submissions.SetStage(order, OrderStage.Submitted);
                unit.Submissions.End(id, new(SubmissionOutcome.Unknown), 2);
                ManualReviews.Open(unit, order, ReviewKind.Sending, new("review.lost"), 2);
            });
            return order;
        }

        private async Task<int> PlaceAsync(int service, OrderDetails details, string? heldBy = null)
        {
            var sold = Panel.Services.Get().Sold(service)!;
            var order = new OrderToPlace(ResellerId, sold, sold.Rate, details) { HeldBy = heldBy };
            return (await Panel.PlaceOrder.RunAsync(Actors.Reseller, order, retry: null, _ => null)).Outcome.Value;
        }
    }
}
