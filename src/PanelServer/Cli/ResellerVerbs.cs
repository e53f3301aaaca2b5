using System.CommandLine;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Ledger;
using PanelServer.Domain.Resellers;
using PanelServer.Ledger;
using PanelServer.Queries;
using PanelServer.Resellers;

namespace PanelServer.Cli;

/// <summary><c>reseller</c>: who orders, what they hold and what they pay.</summary>
internal static class ResellerVerbs
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The reseller's name" };
    private static readonly Argument<string> Amount = new("AMOUNT") { Description = "Such as 10 or 12.34567" };
    private static readonly Argument<string> Percent = new("PERCENT") { Description = "Such as 12.5%" };
    private static readonly Argument<int> Service = new("SERVICE") { Description = "The service's id" };
    private static readonly Argument<string> RateArgument = new("RATE") { Description = "The price per 1000" };
    private static readonly Option<string> Balance = new("--balance")
    {
        Description = "An opening balance",
        HelpName = "AMOUNT",
        DefaultValueFactory = _ => "0",
    };

    private static readonly Option<string> Note = new("--note") { Description = "Why", HelpName = "TEXT", Required = true };
    private static readonly Option<string?> Reference = new("--reference")
    {
        Description = "Names the payment outside: the same reference is no second payment",
        HelpName = "TEXT",
    };

    public static Command Command(Verbs verbs) => new("reseller", "Resellers, balances, prices")
    {
        verbs.Changing<ManageResellers, PanelIdentity>(
            new("add", "Makes a reseller.\n\nExample:\n  panelserver reseller add alice --balance 10") { Name, Balance },
            AddAsync,
            begins: true),
        verbs.Reading(new("list", "Lists the resellers"), ListAsync),
        verbs.Reading(new("show", "Shows a reseller with keys, prices and latest money") { Name }, ShowAsync),
        verbs.Changing<MakePayment>(
            new("deposit", "Adds money.\n\nExample:\n  panelserver reseller deposit alice 25 --note \"bank transfer\" --reference TX-17")
            { Name, Amount, Note, Reference },
            (context, payments) => PayAsync(context, payments, TransferKind.Deposit)),
        verbs.Changing<MakePayment>(
            new("withdraw", "Takes money out") { Name, Amount, Note, Reference },
            (context, payments) => PayAsync(context, payments, TransferKind.Withdrawal)),
        verbs.Changing<ManageResellers>(
            new("discount", "Sets the discount on list prices.\n\nExample:\n  panelserver reseller discount alice 12.5%") { Name, Percent },
            DiscountAsync),
        verbs.Changing<ManageResellers>(
            new("price", "Sets a reseller's own price of a service.\n\nExample:\n  panelserver reseller price alice 1 0.75")
            { Name, Service, RateArgument },
            PriceAsync),
        verbs.Changing<ManageResellers>(
            new("suspend", "Stops serving a reseller") { Name },
            (context, resellers) => SuspendAsync(context, resellers, suspended: true)),
        verbs.Changing<ManageResellers>(
            new("resume", "Serves a suspended reseller again") { Name },
            (context, resellers) => SuspendAsync(context, resellers, suspended: false)),
    };

    private static async Task<int> AddAsync(VerbContext context, ManageResellers resellers, PanelIdentity panel)
    {
        if (!Money.TryParse(context.Get(Balance), out var balance))
        {
            return context.Refuse(NotMoney(context.Get(Balance)));
        }

        var name = context.Get(Name);
        return (await resellers.AddAsync(context.Actor, name, balance)).Try(out var id, out var refusal)
            ? context.Write(
                new { Id = id, Name = name, Balance = balance.ToString() },
                $"reseller {name} made, balance {balance} {panel.Currency}")
            : context.Refuse(refusal);
    }

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await ResellerQueries.ListAsync(db);
        return context.WriteTable(
            rows,
            "no resellers yet; `panelserver reseller add NAME` makes one",
            row => new
            {
                row.Reseller.Id,
                row.Reseller.Name,
                Balance = row.Balance.ToString(),
                Discount = Discount.Format(row.Reseller.Discount),
                row.Reseller.Suspended,
            },
            ("NAME", row => row.Reseller.Name),
            ("BALANCE", row => row.Balance),
            ("DISCOUNT", row => Discount.Format(row.Reseller.Discount)),
            ("STATE", row => row.Reseller.Suspended ? "suspended" : "active"));
    }

    private static async Task<int> ShowAsync(VerbContext context, PanelDb db)
    {
        var name = context.Get(Name);
        if (await ResellerQueries.ReadAsync(db, name) is not { } overview)
        {
            return context.Refuse(ResellerRefusal.Unknown(name));
        }

        var (reseller, balance, keys, rates, payments) = (overview.Reseller, overview.Balance, overview.Keys, overview.Rates, overview.Payments);
        var lines = new List<string>
        {
            $"{reseller.Name}: balance {balance}, discount {Discount.Format(reseller.Discount)}, {(reseller.Suspended ? "suspended" : "active")}",
        };
        lines.AddRange(keys.Select(key => $"  key {key.Prefix}…, issued {VerbContext.Time(key.CreatedAt)}"));
        lines.AddRange(rates.Select(rate => $"  own price of service {rate.ServiceId}: {rate.Rate}"));
        lines.AddRange(payments.Select(payment =>
            $"  {VerbContext.Time(payment.CreatedAt)}  {(payment.Kind == TransferKind.Deposit ? "+" : "-")}{payment.Amount}  {payment.Note}"));
        return context.Write(
            new
            {
                reseller.Id,
                reseller.Name,
                Balance = balance.ToString(),
                Discount = Discount.Format(reseller.Discount),
                reseller.Suspended,
                Keys = keys.Select(key => key.Prefix),
                Prices = rates.Select(rate => new { Service = rate.ServiceId, Rate = rate.Rate.ToString() }),
                Payments = payments.Select(payment => new
                {
                    payment.Id,
                    At = VerbContext.Instant(payment.CreatedAt),
                    Kind = payment.Kind.ToString(),
                    Amount = payment.Amount.ToString(),
                    payment.Note,
                    payment.Reference,
                }),
            },
            string.Join(Environment.NewLine, lines));
    }

    private static async Task<int> PayAsync(VerbContext context, MakePayment payments, TransferKind kind)
    {
        if (!Money.TryParse(context.Get(Amount), out var amount))
        {
            return context.Refuse(NotMoney(context.Get(Amount)));
        }

        var name = context.Get(Name);
        var payment = new Payment(name, kind, amount, context.Get(Note), context.Get(Reference));
        if (!(await payments.RunAsync(context.Actor, payment)).Try(out var made, out var refusal))
        {
            return context.Refuse(refusal);
        }

        var said = made.IsRepeat ? $"already made as payment {made.Id}; nothing moved" : $"payment {made.Id} made";
        return context.Write(
            new { Payment = made.Id, Balance = made.Balance.ToString(), Repeat = made.IsRepeat },
            $"{said}; {name} has {made.Balance}");
    }

    private static async Task<int> DiscountAsync(VerbContext context, ManageResellers resellers)
    {
        if (!Discount.TryParse(context.Get(Percent), out var basisPoints))
        {
            return context.Refuse($"{context.Get(Percent)} is not a discount: 0% to 100%, at most two decimals");
        }

        var name = context.Get(Name);
        return (await resellers.DiscountAsync(context.Actor, name, basisPoints)).Try(out _, out var refusal)
            ? context.Write(new { Name = name, Discount = Discount.Format(basisPoints) }, $"{name} pays {Discount.Format(basisPoints)} less")
            : context.Refuse(refusal);
    }

    private static async Task<int> PriceAsync(VerbContext context, ManageResellers resellers)
    {
        if (!Rate.TryParse(context.Get(RateArgument), out var rate))
        {
            return context.Refuse($"{context.Get(RateArgument)} is not a price: 0 to {Rate.Max}, at most {Rate.Decimals} decimals");
        }

        var (name, service) = (context.Get(Name), context.Get(Service));
        return (await resellers.PriceAsync(context.Actor, name, service, rate)).Try(out _, out var refusal)
            ? context.Write(new { Name = name, Service = service, Rate = rate.ToString() }, $"{name} pays {rate} for service {service}")
            : context.Refuse(refusal);
    }

    private static async Task<int> SuspendAsync(VerbContext context, ManageResellers resellers, bool suspended)
    {
        var name = context.Get(Name);
        return (await resellers.SuspendAsync(context.Actor, name, suspended)).Try(out _, out var refusal)
            ? context.Write(new { Name = name, Suspended = suspended }, $"{name} is {(suspended ? "suspended" : "active")}")
            : context.Refuse(refusal);
    }

    private static string NotMoney(string text) =>
        $"{text} is not an amount: digits with at most {Money.Decimals} decimals, such as 12.5, at most {Money.Max}";
}
