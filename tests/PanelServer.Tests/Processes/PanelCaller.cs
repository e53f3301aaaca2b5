using System.Diagnostics;

namespace PanelServer.Tests.Processes;

/// <summary>A reseller's software: posts forms with its key and reads what comes back.</summary>
internal sealed class PanelCaller(Uri address, string path, string key) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = address,
        Timeout = Patience.Long,
    };

    public Task<WireAnswer> AskAsync(string action, params (string Name, string Value)[] fields) =>
        AskAsync(null, action, fields);

    /// <summary>The same with a header `Idempotency-Key`.</summary>
    public async Task<WireAnswer> AskAsync(string? retryKey, string action, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Form(action, fields) };
        if (retryKey is not null)
        {
            request.Headers.Add("Idempotency-Key", retryKey);
        }

        return await SendAsync(_http, request);
    }

    public async Task<WireAnswer> GetAsync(string pathAndQuery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, pathAndQuery);
        return await SendAsync(_http, request);
    }

    /// <summary>The balance in ledger units, as the standard dialect writes it.</summary>
    public async Task<long> BalanceAsync()
    {
        var answer = await AskAsync("balance");
        Assert.Equal("USD", (string?)answer.Json?["currency"]);
        return Units.Read((string?)answer.Json?["balance"]);
    }

    public async Task<OrderState> StateAsync(long order) =>
        OrderState.Read((await AskAsync("status", ("order", Units.Text(order)))).Json);

    /// <summary>The states of any number of orders, asked by the hundred.</summary>
    public async Task<Dictionary<long, OrderState>> StatesAsync(IEnumerable<long> orders)
    {
        Dictionary<long, OrderState> states = [];
        foreach (var chunk in orders.Chunk(100))
        {
            var answer = await AskAsync("status", ("orders", string.Join(',', chunk)));
            foreach (var id in chunk)
            {
                states.Add(id, OrderState.Read(answer.Json?[Units.Text(id)]));
            }
        }

        return states;
    }

    public static async Task<WireAnswer> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        var sent = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return new WireAnswer(
            (int)response.StatusCode,
            body,
            response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null,
            Header(response, "X-Error-Code"),
            Header(response, "Retry-After"),
            Header(response, "Idempotent-Replayed") == "true",
            Stopwatch.GetElapsedTime(sent));
    }

    public void Dispose() => _http.Dispose();

    private FormUrlEncodedContent Form(string action, (string Name, string Value)[] fields) =>
        new([new("key", key), new("action", action), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
