using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PanelServer.Bench;

/// <summary>
/// The panel of a provider, as small as it can be: it takes every order, says of each what the bench tells it to say, and
/// counts how it is called.
/// </summary>
internal sealed class StandInPanel : IAsyncDisposable
{
    public const string Key = "bench";

    /// <summary>Its only service.</summary>
    public const string Service = "1";

    private const long MaxFormBytes = 64 * 1024;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _links = new(StringComparer.Ordinal);

    /// <summary>Each change so far, by which of the orders it has touched: every one, every tenth.</summary>
    private volatile IReadOnlyList<int> _changes = [];
    private volatile string _word = "In progress";
    private int _newest;
    private int _most;
    private int _asked;
    private long _balanceAskedAt;

    private StandInPanel(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.First()), RowRun.ApiPath);

    /// <summary>Orders it has taken.</summary>
    public int Taken => Volatile.Read(ref _newest);

    /// <summary>Different orders among them, told by their links.</summary>
    public int Different => _links.Count;

    /// <summary>The most ids that one call has asked about since the last <see cref="Forget"/>.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>Ids asked about since then.</summary>
    public int AskedAbout => Volatile.Read(ref _asked);

    /// <summary>When the balance was first asked for since then, with which an operator's pass begins.</summary>
    public long BalanceAskedAt => Volatile.Read(ref _balanceAskedAt);

    public static async Task<StandInPanel> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var panel = new StandInPanel(app);
        app.Run(panel.AnswerAsync);
        await app.StartAsync();
        return panel;
    }

    /// <summary>Calls of an action since the last <see cref="Forget"/>.</summary>
    public int Calls(string action) => _calls.GetValueOrDefault(action);

    /// <summary>Begins to count anew.</summary>
    public void Forget()
    {
        _calls.Clear();
        _most = _asked = 0;
        _balanceAskedAt = 0;
    }

    /// <summary>From now on something is delivered of every so-many-th order.</summary>
    public void Deliver(int every) => _changes = [.. _changes, every];

    /// <summary>From now on it says so of every order.</summary>
    public void Say(string word) => _word = word;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.ContentLength is > MaxFormBytes)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        IFormCollection form = await context.Request.ReadFormAsync();
        string action = form["action"].ToString();
        _calls.AddOrUpdate(action, 1, (_, calls) => calls + 1);
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, action, form);
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory);
    }

    private void Write(Utf8JsonWriter json, string action, IFormCollection form)
    {
        switch (action)
        {
            case "add":
                _links.TryAdd(form["link"].ToString(), 0);
                json.WriteStartObject();
                json.WriteNumber("order", Interlocked.Increment(ref _newest));
                json.WriteEndObject();
                break;
            case "status":
                WriteStates(json, form["orders"].ToString().Split(','));
                break;
            case "balance":
                Interlocked.CompareExchange(ref _balanceAskedAt, Stopwatch.GetTimestamp(), 0);
                json.WriteStartObject();
                json.WriteString("balance", "1000000.00");
                json.WriteString("currency", "USD");
                json.WriteEndObject();
                break;
            case "services":
                json.WriteStartArray();
                WriteService(json);
                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                json.WriteString("error", "Incorrect request");
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteService(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("service", Service);
        json.WriteString("name", "Followers");
        json.WriteString("type", "Default");
        json.WriteString("category", "Instagram");
        json.WriteString("rate", "0.01");
        json.WriteString("min", "1");
        json.WriteString("max", "1000000");
        json.WriteEndObject();
    }

    private void WriteStates(Utf8JsonWriter json, string[] ids)
    {
        Interlocked.Add(ref _asked, ids.Length);
        for (int most = _most; ids.Length > most; most = _most)
        {
            Interlocked.CompareExchange(ref _most, ids.Length, most);
        }
        (IReadOnlyList<int> changes, string word) = (_changes, _word);
        json.WriteStartObject();
        foreach (string id in ids)
        {
            int number = int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
            int remains = word == "Completed" ? 0 : Catalogue.SmallestQuantity - changes.Count(every => number % every == 0);
            json.WriteStartObject(id);
            json.WriteString("charge", "0.01");
            json.WriteString("start_count", "10");
            json.WriteString("status", word);
            json.WriteString("remains", remains.ToString(CultureInfo.InvariantCulture));
            json.WriteString("currency", "USD");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
