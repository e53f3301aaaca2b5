using System.Globalization;
using System.Text.Json;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>Reads an answer to services, row by row: a row that makes no sense takes no other with it.</summary>
internal static class CatalogueReader
{
    /// <summary>Rows that are read.</summary>
    public const int MaxRows = 200_000;

    private static readonly string[] ListNames = ["data", "services"];
    private static readonly string[] IdNames = ["service", "id"];
    private static readonly string[] DescriptionNames = ["desc", "description"];

    public static ParseResult<UpstreamCatalogue> Read(JsonResponse answer)
    {
        answer = answer.Mended();
        if (ParseFailure.Of(answer, out var json) is { } unread)
        {
            return unread;
        }

        if (ProviderError.Of(json) is { } complaint)
        {
            return ParseFailure.Said(answer, complaint);
        }

        return RowsOf(json) is { } rows ? CatalogueOf([.. rows.Take(MaxRows + 1)], answer) : new ParseFailure("the answer is not a list of services");
    }

    // PHP writes a list with gaps as an object, so an object of objects is a list too.
    private static IEnumerable<JsonElement>? RowsOf(JsonElement json)
    {
        var list = json.Under(ListNames) ?? json;
        list = list.Under("services") ?? list;
        return list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray(),
            JsonValueKind.Object when list.EnumerateObject().Any()
                && list.EnumerateObject().All(row => row.Value.ValueKind == JsonValueKind.Object) =>
                list.EnumerateObject().Select(row => row.Value),
            _ => null,
        };
    }

    private static UpstreamCatalogue CatalogueOf(IReadOnlyList<JsonElement> rows, JsonResponse answer)
    {
        var sign = WireNumber.SignOf(rows.Select(row => row.Under("rate")), answer.Sign);
        var services = new List<UpstreamService>();
        var unusable = new List<UnusableService>();
        var mended = new List<UnusableService>();
        var seen = new HashSet<string>();
        var at = 0;
        foreach (var row in rows)
        {
            if (at++ == MaxRows)
            {
                unusable.Add(new(at, "", "", string.Create(
                    CultureInfo.InvariantCulture, $"only {MaxRows} rows are read: this one and all later ones are not")));
                break;
            }

            var (service, why) = ServiceOf(answer, row, seen, sign);
            if (service is null)
            {
                unusable.Add(new(at, Line(answer, row.Under(IdNames)), Name(answer, row.Under("name")), why));
            }
            else
            {
                services.Add(service);
                if (answer.IsMended(row))
                {
                    mended.Add(new(at, service.Id, service.Name, "a character that cannot be read was replaced"));
                }
            }
        }

        return new(services, unusable) { Sign = sign, Mended = mended };
    }

    private static (UpstreamService? Service, string Why) ServiceOf(JsonResponse answer, JsonElement row, HashSet<string> seen, DecimalSign sign)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return (null, "not an object");
        }

        if (row.Under(IdNames)?.Text()?.Trim() is not { Length: > 0 } id)
        {
            return (null, "no id");
        }

        if (!UpstreamIds.IsId(id))
        {
            return (null, "an id that cannot be one");
        }

        if (!seen.Add(id))
        {
            return (null, "an id that an earlier row has");
        }

        if (answer.Clean(id, id.Length) != id)
        {
            return (null, "an id that holds our key");
        }

        var name = Name(answer, row.Under("name"));
        if (name.Length == 0)
        {
            return (null, "no name");
        }

        if (RateOf(row.Under("rate"), sign, out var rate) is { } wrongRate)
        {
            return (null, wrongRate);
        }

        if (LimitsOf(row, sign, out var min, out var max) is { } wrongLimits)
        {
            return (null, wrongLimits);
        }

        var type = Line(answer, row.Under("type"));
        return (
            new()
            {
                Id = id,
                Name = name,
                TypeText = type,
                Type = TypeOf(type),
                Category = Name(answer, row.Under("category")),
                Rate = rate,
                Min = min,
                Max = max,
                Dripfeed = row.Under("dripfeed")?.Flag() ?? false,
                Refill = row.Under("refill")?.Flag() ?? false,
                Cancel = row.Under("cancel")?.Flag() ?? false,
                Description = Line(answer, row.Under(DescriptionNames)),
            },
            "");
    }

    private static string? RateOf(JsonElement? json, DecimalSign sign, out Rate rate)
    {
        // Rounded up, so that nothing is ever sold for less than it costs there.
        var units = WireNumber.Units(json, Rate.Decimals, up: true, sign);
        rate = new(units ?? 0);
        return units switch
        {
            null => WireNumber.IsAmbiguous(json, sign) ? "a rate that may be read in two ways" : "no rate that can be read",
            < 0 => "a rate below zero",
            0 => "a rate of zero",
            _ => units > Rate.Max.Units ? $"a rate above {Rate.Max}" : null,
        };
    }

    private static string? LimitsOf(JsonElement row, DecimalSign sign, out int min, out int max)
    {
        (min, max) = (0, 0);
        if (BoundOf(row.Under("min"), 1, sign) is not { } least)
        {
            return "no minimum that can be read";
        }

        if (BoundOf(row.Under("max"), Limits.MaxQuantity, sign) is not { } most)
        {
            return "no maximum that can be read";
        }

        min = (int)Math.Clamp(least, 1, Limits.MaxQuantity);
        max = (int)Math.Clamp(most, 0, Limits.MaxQuantity);
        return least > most || min > max ? "a minimum above the maximum" : null;
    }

    // Null when it is there and makes no sense.
    private static long? BoundOf(JsonElement? json, long absent, DecimalSign sign) =>
        json is not { } bound || (bound.ValueKind == JsonValueKind.String && bound.IsBlank()) ? absent
        : WireNumber.Whole(bound, sign) is >= 0 and var number ? number
        : null;

    private static ServiceType? TypeOf(string text) => ServiceType.Find(text)
        ?? (WireText.TryInteger(text, out var number) ? ServiceType.All.FirstOrDefault(type => type.WellKnown == number) : null);

    private static string Line(JsonResponse answer, JsonElement? json) => answer.Clean(json?.Text() ?? "", Limits.TextLength);

    private static string Name(JsonResponse answer, JsonElement? json) => answer.Clean(TextSanitizer.WithoutEntities(json?.Text() ?? ""), Limits.TextLength);
}
