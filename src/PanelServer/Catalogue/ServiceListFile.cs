using System.Text.Json;
using CsvHelper;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Refills;

namespace PanelServer.Catalogue;

/// <summary>
/// Reads a list of services from a file: a JSON array as <c>services</c> answers it, or CSV with the same names as
/// headers. Numbers may be texts and texts numbers, as panels differ in this.
/// </summary>
internal static class ServiceListFile
{
    /// <summary>Bytes of the largest file.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads the list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its text is written; see <see cref="ImportedText.Names"/>.</param>
    public static Result<IReadOnlyList<ServiceToImport>> Read(string path, string encoding = ImportedText.Default)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return new Refusal("incorrect_import.no_file", path);
        }

        if (file.Length > MaxBytes)
        {
            return new Refusal("incorrect_import.too_large", path, MaxBytes);
        }

        if (!ImportedText.Decode(path, File.ReadAllBytes(path), encoding).Try(out var text, out var undecoded))
        {
            return undecoded;
        }

        try
        {
            var rows = file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ReadCsv(text) : ReadJson(text);
            if (rows.Count > ImportServices.MaxRows)
            {
                return new Refusal("incorrect_import.too_many", path, rows.Count, ImportServices.MaxRows);
            }

            var list = new List<ServiceToImport>();
            foreach (var row in rows)
            {
                if (!ItemOf(list.Count + 1, row).Try(out var item, out var refusal))
                {
                    return refusal;
                }

                list.Add(item);
            }

            return list;
        }
        catch (JsonException error) when (error.LineNumber is { } line)
        {
            return new Refusal("incorrect_import.not_json", path, line + 1, error.BytePositionInLine + 1, error.Message.Split(" LineNumber:")[0].TrimEnd('.'));
        }
        catch (Exception error) when (error is JsonException or CsvFormatException or CsvValidationException)
        {
            return new Refusal("incorrect_import.unreadable", path, error.Message);
        }
    }

    private static List<Dictionary<string, string>> ReadJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("it is not a JSON array of services");
        }

        return [.. document.RootElement.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
                .Where(field => field.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
                .GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(fields => fields.Key, fields => fields.First().Value.ToString().Trim(), StringComparer.OrdinalIgnoreCase)
            : throw new JsonException("an element is not a service"))];
    }

    private static List<Dictionary<string, string>> ReadCsv(string text)
    {
        using var csv = CsvReader.FromText(text);
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            var row = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var at = 0; at < Math.Min(csv.Headers.Count, csv.FieldCount); at++)
            {
                row.TryAdd(csv.Headers[at].Trim(), csv.GetString(at).Trim());
            }

            rows.Add(row);
        }

        return rows;
    }

    private static Result<ServiceToImport> ItemOf(int number, Dictionary<string, string> row)
    {
        string? TextOf(params string[] names) => names
            .Select(name => row.GetValueOrDefault(name))
            .FirstOrDefault(text => !string.IsNullOrEmpty(text));

        Refusal Wrong(string field, string? text, string wanted) => text is null
            ? new("incorrect_import.missing", number, field, new Phrase(wanted))
            : new("incorrect_import.malformed", number, field, new Phrase(wanted), text);

        int? id = null;
        if (TextOf("service", "id") is { } idText)
        {
            if (!WireText.TryId(idText, out var known))
            {
                return Wrong("service", idText, "wanted.id");
            }

            id = known;
        }

        var type = TypeOf(TextOf("type"));
        if (type is null)
        {
            return Wrong("type", TextOf("type"), "wanted.type");
        }

        if (TextOf("rate") is not { } rate || !Rate.TryParse(rate, out _))
        {
            return Wrong("rate", TextOf("rate"), "wanted.price");
        }

        if (!WireText.TryId(TextOf("min"), out var min))
        {
            return Wrong("min", TextOf("min"), "wanted.number");
        }

        if (!WireText.TryId(TextOf("max"), out var max))
        {
            return Wrong("max", TextOf("max"), "wanted.number");
        }

        return new ServiceToImport(number, id, new ServiceDraft
        {
            Type = type.Name,
            Category = TextOf("category") ?? "",
            Name = TextOf("name") ?? "",
            Description = TextOf("desc", "description"),
            Rate = rate,
            Min = min,
            Max = max,
            Dripfeed = IsTrue(TextOf("dripfeed")) && type.MayDrip,
            RefillDays = IsTrue(TextOf("refill")) ? RefillWindow.DefaultDays : 0,
            Cancel = IsTrue(TextOf("cancel")),
        });
    }

    /// <summary>A type by name, by code, or by the well-known panel's number.</summary>
    private static ServiceType? TypeOf(string? text) => text is null
        ? null
        : ServiceType.Find(text)
            ?? (WireText.TryInteger(text, out var number) ? ServiceType.All.FirstOrDefault(type => type.WellKnown == number) : null);

    private static bool IsTrue(string? text) => text is not null && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));
}
