using System.Globalization;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Subscriptions;

namespace PanelServer.Domain.Catalogue;

/// <summary>
/// Reads the fields of an order for one service, in the order the contract checks them: every field by itself, then
/// whether drip-feed is offered, then the quantity's bounds (docs/contract.md, "Service types" and "Errors").
/// </summary>
public sealed class OrderReader
{
    private static readonly char[] DateSeparators = ['/'];

    private readonly Service _service;
    private readonly Func<string, string?> _text;
    private readonly DateOnly _today;

    private OrderReader(Service service, Func<string, string?> text, DateOnly today)
    {
        _service = service;
        _text = text;
        _today = today;
    }

    /// <summary>Reads an order.</summary>
    /// <param name="service">What is ordered.</param>
    /// <param name="text">The trimmed text of a field by its wire name; null or empty when absent.</param>
    /// <param name="today">The day by the server's clock, UTC, for <c>expiry</c>.</param>
    public static Result<OrderDetails> Read(Service service, Func<string, string?> text, DateOnly today) =>
        new OrderReader(service, text, today).Read();

    private Result<OrderDetails> Read()
    {
        var type = _service.Type;
        var extras = new List<KeyValuePair<string, string>>();
        string? link = null;
        long quantity = type.QuantityFrom == QuantitySource.One ? 1 : 0;
        foreach (var field in type.Required)
        {
            var text = _text(field.Name) ?? "";
            if (field == OrderField.Link)
            {
                if (!_service.LinkRule.Accepts(text))
                {
                    return Refusal.IncorrectLink;
                }

                link = text;
            }
            else if (Kept(field, text) is { } kept)
            {
                if (field == OrderField.Quantity)
                {
                    WireText.TryInteger(kept, out quantity);
                }
                else
                {
                    extras.Add(new(field.Name, kept));
                    quantity = IsCounted(type, field) ? kept.Count(letter => letter == '\n') + 1 : quantity;
                }
            }
            else
            {
                return Refusal.IncorrectField(field.Name);
            }
        }

        if (type == ServiceType.Subscriptions)
        {
            return Subscription(extras);
        }

        if (type == ServiceType.WebTraffic && TrafficSource(extras) is { } refused)
        {
            return refused;
        }

        if (!Drip().Try(out var drip, out var refusal))
        {
            return refusal;
        }

        return Bounded(new() { Link = link, Quantity = quantity, Extras = extras }, drip);
    }

    private static bool IsCounted(ServiceType type, OrderField field) =>
        (type.QuantityFrom == QuantitySource.Comments && field == OrderField.Comments)
        || (type.QuantityFrom == QuantitySource.Usernames && field == OrderField.Usernames);

    /// <summary>The text to keep, or null when it is missing or malformed.</summary>
    private string? Kept(OrderField field, string text) => field.Kind switch
    {
        FieldKind.Link => text,
        FieldKind.Number => WireText.TryInteger(text, out var number) && IsAllowed(field, number) ? WithoutFraction(text) : null,
        FieldKind.Line => WireText.IsLine(text, Limits.LineLength) ? text : null,
        FieldKind.List => WireText.Lines(text, field == OrderField.Comments ? Joiners.Anywhere : Joiners.Nowhere) is { } lines ? string.Join('\n', lines) : null,
        FieldKind.Country => Countries.Contains(text) ? text : null,
        FieldKind.Date => DateOf(text) is { } day && day >= _today ? text : null,
    };

    /// <summary>An integer as it is kept and passed on: the zeros behind its point mean nothing to anybody.</summary>
    private static string WithoutFraction(string integer) =>
        integer.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? integer[..point] : integer;

    private static bool IsAllowed(OrderField field, long number) =>
        field == OrderField.Device ? number is >= 1 and <= 5
        : field == OrderField.TypeOfTraffic ? number is >= 1 and <= 3
        : field == OrderField.AnswerNumber ? number >= 1
        : field != OrderField.Delay || SubscriptionPlan.Delays.Contains(number);

    private static DateOnly? DateOf(string text)
    {
        var parts = text.Split(DateSeparators);
        return parts.Length == 3
            && !text.Any(char.IsWhiteSpace)
            && parts[0].Length <= 2 && WireText.TryDigits(parts[0], out var day)
            && parts[1].Length <= 2 && WireText.TryDigits(parts[1], out var month)
            && parts[2].Length == 4 && WireText.TryDigits(parts[2], out var year)
            && year >= 1 && month is >= 1 and <= 12
            && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
                ? new DateOnly((int)year, (int)month, (int)day)
                : null;
    }

    private Refusal? TrafficSource(List<KeyValuePair<string, string>> extras)
    {
        WireText.TryInteger(_text(OrderField.TypeOfTraffic.Name), out var source);
        var field = source switch
        {
            1 => OrderField.GoogleKeyword,
            2 => OrderField.ReferringUrl,
            _ => null,
        };
        if (field is null)
        {
            return null;
        }

        if (Kept(field, _text(field.Name) ?? "") is not { } kept)
        {
            return Refusal.IncorrectField(field.Name);
        }

        extras.Add(new(field.Name, kept));
        return null;
    }

    /// <summary>The runs asked for and the minutes between them; no runs when none are, or one, which is a plain order.</summary>
    private Result<(long Runs, long Interval)> Drip()
    {
        if (!_service.Type.MayDrip)
        {
            // Fields of other types are ignored; but who asks for runs and got one would be served short.
            return Optional(OrderField.Runs, out var asked) && asked >= 2 ? Refusal.DripfeedNotSupported : (0L, 0L);
        }

        if (!Optional(OrderField.Runs, out var runs))
        {
            return Refusal.IncorrectField(OrderField.Runs.Name);
        }

        if (runs == 1)
        {
            return (0L, 0L);
        }

        if (!Optional(OrderField.Interval, out var interval) || interval > Limits.IntervalMinutes)
        {
            return Refusal.IncorrectField(OrderField.Interval.Name);
        }

        return (runs, interval) switch
        {
            (0, 0) => (0L, 0L),
            (0, _) => Refusal.IncorrectField(OrderField.Runs.Name),
            (_, 0) => Refusal.IncorrectField(OrderField.Interval.Name),
            _ when !_service.Dripfeed => Refusal.DripfeedNotSupported,
            _ => (runs, interval),
        };
    }

    /// <summary>An optional integer: absent reads 0. False when it is malformed.</summary>
    private bool Optional(OrderField field, out long number)
    {
        number = 0;
        var text = _text(field.Name);
        return WireText.IsAbsent(text) || (WireText.TryInteger(text, out number) && IsAllowed(field, number));
    }

    private Result<OrderDetails> Bounded(OrderDetails details, (long Runs, long Interval) drip)
    {
        if (_service.Type.QuantityFrom == QuantitySource.One)
        {
            return details;
        }

        if (details.Quantity < _service.Min)
        {
            return Refusal.QuantityBelow(_service.Min);
        }

        if (details.Quantity > _service.Max)
        {
            return Refusal.QuantityAbove(_service.Max);
        }

        if (drip.Runs == 0)
        {
            return details;
        }

        // Divided, not multiplied: runs may be as large as an integer on the wire.
        return drip.Runs > _service.Max / details.Quantity
            ? Refusal.QuantityAbove(_service.Max)
            : details with
            {
                Quantity = details.Quantity * drip.Runs,
                Drip = new DripFeed((int)drip.Runs, (int)drip.Interval),
            };
    }

    private Result<OrderDetails> Subscription(List<KeyValuePair<string, string>> extras)
    {
        var min = NumberOf(extras, OrderField.Min);
        var max = NumberOf(extras, OrderField.Max);
        if (!Optional(OrderField.Delay, out var delay))
        {
            return Refusal.IncorrectField(OrderField.Delay.Name);
        }

        if (min > max)
        {
            return Refusal.IncorrectField(OrderField.Max.Name);
        }

        if (!Optional(OrderField.Posts, out var posts) || posts > Limits.MaxQuantity)
        {
            return Refusal.IncorrectField(OrderField.Posts.Name);
        }

        if (!Optional(OrderField.OldPosts, out var oldPosts) || oldPosts > Limits.MaxQuantity)
        {
            return Refusal.IncorrectField(OrderField.OldPosts.Name);
        }

        var expiryText = _text(OrderField.Expiry.Name) ?? "";
        var hasExpiry = !WireText.IsAbsent(expiryText);
        if (hasExpiry && Kept(OrderField.Expiry, expiryText) is null)
        {
            return Refusal.IncorrectField(OrderField.Expiry.Name);
        }

        // No posts and no old ones would be a subscription to nothing: it is how a family of panels says without end.
        var isEndless = posts == 0 && (oldPosts == 0 || WireText.IsAbsent(_text(OrderField.Posts.Name)));

        if (min < _service.Min)
        {
            return Refusal.QuantityBelow(_service.Min);
        }

        if (max > _service.Max)
        {
            return Refusal.QuantityAbove(_service.Max);
        }

        return new OrderDetails
        {
            Quantity = 0,
            Extras = [.. extras.Where(extra => extra.Key == OrderField.Username.Name)],
            Subscription = new(
                (int)min,
                (int)max,
                (int)delay,
                isEndless ? null : (int)posts,
                (int)oldPosts,
                hasExpiry ? DateOf(expiryText) : null),
        };
    }

    private static long NumberOf(List<KeyValuePair<string, string>> extras, OrderField field) =>
        long.Parse(extras.First(extra => extra.Key == field.Name).Value, CultureInfo.InvariantCulture);
}
