using System.CommandLine;
using System.Globalization;
using PanelServer.Data;
using PanelServer.Domain.Catalogue;
using PanelServer.Orders;
using PanelServer.Providers.Dispatch;
using PanelServer.Queries;
using PanelServer.Texts;

namespace PanelServer.Cli;

/// <summary><c>link</c>: links that nothing is ordered for, and links whose orders wait for a person.</summary>
internal static class LinkVerbs
{
    private static readonly Argument<string> Pattern = new("LINK")
    {
        Description = "A link, a host with everything on it, or either with * for any characters",
    };

    private static readonly Argument<string?> Lifted = new("LINK")
    {
        Description = "What was banned or held, as `link list` shows it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Note = new("--note") { HelpName = "TEXT", Description = "Why; only operators see it", DefaultValueFactory = _ => "" };
    private static readonly Option<int?> Order = new("--order") { HelpName = "ID", Description = "Only this order; what holds it stays" };

    public static Command Command(Verbs verbs) => new("link", "Links that are banned, and links whose orders wait")
    {
        verbs.Changing<BlockLinks>(
            new(
                "ban",
                "Refuses orders for a link; a reseller is told Incorrect link.\n\nExample:\n  panelserver link ban \"https://example.com/u/*\" --note \"asked us to stop\"")
            { Pattern, Note },
            (context, links) => BlockAsync(context, links, LinkBlockKind.Ban)),
        verbs.Changing<BlockLinks>(
            new(
                "hold",
                "Takes and charges orders for a link, and keeps them until somebody frees or cancels them.\n\nExample:\n  panelserver link hold example.com --note \"look at them first\"")
            { Pattern, Note },
            (context, links) => BlockAsync(context, links, LinkBlockKind.Hold)),
        verbs.Reading(
            new("list", "Lists what is banned or held, and how many orders wait for it.\n\nExample:\n  panelserver link list"),
            ListAsync),
        verbs.Changing<BlockLinks, ProviderDispatcher>(
            new(
                "free",
                "Lifts a ban or a hold, and lets its orders go on; or lets one order go on.\n\nExample:\n  panelserver link free \"https://example.com/u/*\"\n  panelserver link free --order 17")
            { Lifted, Order },
            FreeAsync),
    };

    private static async Task<int> BlockAsync(VerbContext context, BlockLinks links, LinkBlockKind kind)
    {
        var word = WordOf(kind);
        return (await links.BlockAsync(context.Actor, kind, context.Get(Pattern), context.Get(Note))).Try(out var block, out var refusal)
            ? context.Write(
                new { Link = block.Pattern.Text, Kind = word, block.Pattern.Covers },
                $"{block.Pattern.Text} is {word}: {block.Pattern.Covers}; orders that were taken before go on")
            : context.Refuse(refusal);
    }

    private static async Task<int> FreeAsync(VerbContext context, BlockLinks links, ProviderDispatcher dispatcher)
    {
        var (link, order) = (context.Get(Lifted), context.Get(Order));
        if (link is null == order is null)
        {
            return context.Refuse("say what to free: the link of `panelserver link list`, or --order ID");
        }

        var done = order is { } id ? await links.FreeOrderAsync(context.Actor, id) : await links.FreeAsync(context.Actor, link!);
        if (!done.Try(out var freed, out var refusal))
        {
            return context.Refuse(refusal);
        }

        dispatcher.Wake();
        return order is null
            ? context.Write(
                new { Link = link, OrdersFreed = freed },
                string.Create(CultureInfo.InvariantCulture, $"{link} is free; orders that go on: {freed}"))
            : context.Write(new { Order = freed, OrdersFreed = 1 }, string.Create(CultureInfo.InvariantCulture, $"order {freed} goes on"));
    }

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await CatalogueQueries.LinkBlocksAsync(db);
        return context.WriteTable(
            rows,
            "no link is banned or held",
            row => new
            {
                Link = row.Block.Pattern,
                Kind = WordOf(row.Block.Kind),
                Covers = CoversOf(row.Block.Pattern),
                OrdersHeld = row.Held,
                Since = VerbContext.Instant(row.Block.CreatedAt),
                row.Block.Note,
            },
            ("LINK", row => row.Block.Pattern),
            ("KIND", row => WordOf(row.Block.Kind)),
            ("COVERS", row => CoversOf(row.Block.Pattern)),
            ("HELD", row => row.Held),
            ("SINCE", row => VerbContext.Time(row.Block.CreatedAt)),
            ("NOTE", row => row.Block.Note));
    }

    private static string CoversOf(string pattern) => LinkPattern.Parse(pattern, out var why)?.Covers ?? CommandLineTexts.Of(why!);

    private static string WordOf(LinkBlockKind kind) => kind switch
    {
        LinkBlockKind.Ban => "banned",
        LinkBlockKind.Hold => "held",
    };
}
