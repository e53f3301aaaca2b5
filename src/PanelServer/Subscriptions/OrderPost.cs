using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Lifecycles;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Resellers;
using PanelServer.Jobs;
using PanelServer.Orders;

namespace PanelServer.Subscriptions;

/// <summary>
/// A post becomes a child order: its quantity is drawn and charged at this moment's price. Without funds the subscription
/// pauses, and its posts wait (docs/contract.md, "Subscription").
/// </summary>
internal sealed class OrderPost(PlaceOrder placeOrder, CurrentLinkBlocks blocks) : IJob
{
    public long? Run(UnitOfWork unit, ScheduledWork due, long now)
    {
        var order = unit.Orders.Find(due.Order)!;
        if (OrderLifecycle.IsFinal(order.Status))
        {
            return null;
        }

        var plan = unit.Db.Subscriptions.Single(row => row.OrderId == order.Id);
        var post = unit.Db.Posts.Single(row => row.Id == due.Subject);
        var blocked = blocks.Get();
        var block = blocked.Of(post.Link);
        if (block is { Kind: LinkBlockKind.Ban })
        {
            // It appeared before its link was banned: nothing is ordered for it, and a person gets to know that.
            unit.Db.Posts.Where(row => row.Id == post.Id).ExecuteDelete();
            ManualReviews.Open(unit, order.Id, ReviewKind.Banned, new("review.banned", post.Link, block.Pattern.Text), now);
            return null;
        }

        block ??= blocked.Of(UsernameOf(order));
        var child = Child(unit, order, plan, post.Link) with { HeldBy = block?.Pattern.Text };
        if (placeOrder.Place(unit, child, now).Refusal is not null)
        {
            Pause(unit, order, now);
            return due.At;
        }

        unit.Db.Posts.Where(row => row.Id == post.Id).ExecuteDelete();
        unit.Db.Subscriptions
            .Where(row => row.OrderId == order.Id)
            .ExecuteUpdate(row => row.SetProperty(s => s.PostsDone, plan.PostsDone + 1));
        if (plan.Posts is { } posts && plan.PostsDone + 1 >= posts + plan.OldPosts)
        {
            OrderTransition.Apply(unit, order, SubscriptionStep(OrderStatus.Completed), now);
        }

        return null;
    }

    /// <summary>A step of a subscription: it has nothing that remains, and moves no money.</summary>
    public static OrderTransition SubscriptionStep(OrderStatus to) => new(new Settlement(to, 0, Money.Zero), Actor.Timer);

    private static string? UsernameOf(OrderRow order) => order.Details is { } details
        ? JsonSerializer.Deserialize<Dictionary<string, string>>(details)?.GetValueOrDefault(OrderField.Username.Name)
        : null;

    private static OrderToPlace Child(UnitOfWork unit, OrderRow order, SubscriptionRow plan, string link)
    {
        // A child is ordered like any other: a link and a quantity, at what the reseller pays now.
        var service = ServiceReading.Of(unit.Db.Services.Single(row => row.Id == order.ServiceId)) with
        {
            Type = ServiceType.Default,
            DenyDuplicates = false,
            Provider = unit.Routes.FirstProvider(order.ServiceId),
        };
        var discount = unit.Db.Resellers.Where(row => row.Id == order.ResellerId).Select(row => row.Discount).Single();
        var own = unit.Db.ResellerRates
            .Where(row => row.ResellerId == order.ResellerId && row.ServiceId == order.ServiceId)
            .ToDictionary(row => row.ServiceId, row => row.Rate);
        var details = new OrderDetails { Link = link, Quantity = unit.Draw(plan.Min, plan.Max) };
        return new(order.ResellerId, service, new PriceList(discount, own).RateOf(service), details) { Parent = order.Id };
    }

    private static void Pause(UnitOfWork unit, OrderRow order, long now)
    {
        OrderTransition.Apply(unit, order, SubscriptionStep(OrderStatus.Paused) with { Note = "not enough funds for a post" }, now);
        unit.Due.Hold(WorkKind.Post, order.Id, held: true);
    }
}
