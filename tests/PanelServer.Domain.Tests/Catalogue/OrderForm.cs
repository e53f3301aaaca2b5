using PanelServer.Domain.Catalogue;

namespace PanelServer.Domain.Tests.Catalogue;

/// <summary>The fields of an order as a reseller sends them; begins as a good order of some kind of service.</summary>
internal sealed class OrderForm
{
    public static readonly DateOnly Today = new(2026, 3, 1);

    private static readonly Dictionary<string, string> GoodTexts = new()
    {
        ["link"] = "https://example.com/p/1",
        ["quantity"] = "100",
        ["keywords"] = "shoes\nred shoes",
        ["comments"] = "nice\ngreat\ncool",
        ["usernames"] = "ann\nbob\ncem",
        ["hashtags"] = "#one\n#two",
        ["hashtag"] = "#one",
        ["groups"] = "https://example.com/g/1\nhttps://example.com/g/2",
        ["username"] = "ann",
        ["media"] = "https://example.com/m/1",
        ["answer_number"] = "7",
        ["min"] = "20",
        ["max"] = "200",
        ["delay"] = "10",
        ["country"] = "US",
        ["device"] = "5",
        ["type_of_traffic"] = "3",
    };

    private readonly Dictionary<string, string> _texts = [];

    private OrderForm(ServiceType type)
    {
        Service = ServiceOf(type);
        foreach (var field in type.Required)
        {
            _texts[field.Name] = GoodTexts[field.Name];
        }
    }

    public Service Service { get; private init; }

    /// <summary>A good order of a kind.</summary>
    public static OrderForm Of(ServiceType type) => new(type);

    /// <summary>A service of a kind, of 2 to 1000, without anything else.</summary>
    public static Service ServiceOf(ServiceType type) => new()
    {
        Id = 1,
        Position = 1,
        Enabled = true,
        Type = type,
        Category = "Category",
        Name = type.Name,
        Rate = new(90_000_000),
        Min = 2,
        Max = 1_000,
    };

    public OrderForm With(string name, string text)
    {
        _texts[name] = text;
        return this;
    }

    public OrderForm Without(string name)
    {
        _texts.Remove(name);
        return this;
    }

    public OrderForm At(Func<Service, Service> edit)
    {
        var other = new OrderForm(Service.Type) { Service = edit(Service) };
        other._texts.Clear();
        foreach (var (name, text) in _texts)
        {
            other._texts[name] = text;
        }

        return other;
    }

    public Result<OrderDetails> Read() => OrderReader.Read(Service, _texts.GetValueOrDefault, Today);

    /// <summary>The order as it was read.</summary>
    public OrderDetails Details => Read().Value;

    /// <summary>The text it was refused with.</summary>
    public string? Refused => Read().Refusal is { } refusal ? ContractTexts.Of(refusal) : null;
}
