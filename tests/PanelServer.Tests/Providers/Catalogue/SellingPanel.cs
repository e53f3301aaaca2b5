using System.Globalization;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Ledger;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Texts;

namespace PanelServer.Tests.Providers.Catalogue;

/// <summary>A panel with a provider, opened in process; its end proves the books.</summary>
internal sealed class SellingPanel : IAsyncDisposable
{
    private readonly string _folder;

    private SellingPanel(string folder, Panel panel)
    {
        _folder = folder;
        Panel = panel;
    }

    public Panel Panel { get; }

    public int Provider { get; private set; }

    /// <summary>Opens an empty panel that knows one provider.</summary>
    public static async Task<SellingPanel> OpenAsync(string? currency = "USD", long exchange = 100_000_000)
    {
        var folder = Directory.CreateTempSubdirectory("selling-test-").FullName;
        var panel = await Panel.OpenAsync(PanelFolder.Of(folder, isSandbox: false));
        return new(folder, panel) { Provider = await AddProviderAsync(panel, "acme", currency, exchange) };
    }

    public static Task<int> AddProviderAsync(Panel panel, string name, string? currency = "USD", long exchange = 100_000_000) =>
        panel.Writes.RunAsync(ActorContext.System, unit =>
        {
            var row = new ProviderRow { Name = name, Url = "https://example.com", Secret = panel.KeyRing.Protect("a-key"), Currency = currency, Exchange = exchange, ExchangeSet = exchange != 100_000_000, CreatedAt = 1 };
            unit.Db.Providers.Add(row);
            unit.Save();
            return row.Id;
        });

    /// <summary>A provider's service as a catalogue lists it.</summary>
    public static UpstreamService Theirs(string id, string rate = "1.00", string name = "Followers", string category = "Instagram") => new()
    {
        Id = id,
        Name = name,
        TypeText = "Default",
        Type = ServiceType.Default,
        Category = category,
        Rate = Rates(rate),
        Min = 10,
        Max = 1_000,
        Refill = true,
        Cancel = true,
    };

    public static UpstreamCatalogue Listing(params UpstreamService[] services) => new(services, []);

    public static Rate Rates(string text) => Rate.TryParse(text, out var rate) ? rate : throw new ArgumentException(text);

    /// <summary>Imports everything of a catalogue.</summary>
    public async Task<ImportReport> ImportAsync(UpstreamCatalogue theirs, ImportSelection? selection = null, bool dryRun = false) =>
        Value(await Panel.ImportUpstream.RunAsync(Actors.Operator, Provider, theirs, selection ?? new(), dryRun, new Progress<double>()));

    public Task<Result<SyncReport>> TrySyncAsync(UpstreamCatalogue theirs, SyncOptions? options = null) =>
        Panel.SyncServices.RunAsync(Actors.Operator, Provider, theirs, options ?? new(), new Progress<double>());

    /// <summary>Syncs; says what differed as <c>service kind was > is</c>.</summary>
    public async Task<IReadOnlyList<string>> SyncAsync(UpstreamCatalogue theirs, SyncOptions? options = null) =>
        [.. Value(await TrySyncAsync(theirs, options)).Differences.Select(Text)];

    public static string Text(Difference one) =>
        FormattableString.Invariant($"{one.Service} {SyncCounts.WordOf(one.Kind, one.IsKept)} {one.Was} > {one.Is}");

    public Task MarkupAsync(string percent) => Panel.Writes.RunAsync(ActorContext.System, unit => SetMarkup.SetPercent(
        unit,
        unit.Db.Providers.First(row => row.Id == Provider),
        Domain.Providers.Percentage.TryParse(percent, out var basisPoints) ? basisPoints : throw new ArgumentException(percent),
        1));

    public Service Service(int id) => Panel.Services.Get().Any(id)!;

    public RouteRow Route(int service) => Read(db => db.Routes.Single(row => row.ServiceId == service && row.ProviderId == Provider));

    /// <summary>The open alerts as <c>kind subject</c>.</summary>
    public IReadOnlyList<string> Alerts() => Read(db => db.Alerts.Where(row => row.ClosedAt == null).ToList())
        .Select(row => $"{row.Kind} {row.Subject}".Trim()).Order(StringComparer.Ordinal).ToList();

    public T Read<T>(Func<PanelDb, T> read)
    {
        using var db = Panel.Database.OpenReadingDb();
        return read(db);
    }

    /// <summary>Every row of every table, as text.</summary>
    public string Dump()
    {
        using var connection = Panel.Database.OpenReader();
        List<string> Rows(string sql)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the test's.
            command.CommandText = sql;
#pragma warning restore CA2100
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                    .Select(at => Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))));
            }

            return rows;
        }

        return string.Join('\n', Rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            .SelectMany(table => Rows($"SELECT '{table}', * FROM {table} ORDER BY 1, 2, 3")));
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(new Verify(Panel.Database).Run());
        await Panel.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static T Value<T>(Result<T> result)
        where T : notnull => result.Try(out var value, out var refusal) ? value : throw new InvalidOperationException(CommandLineTexts.Of(refusal));
}
