using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResellerClient;

/// <summary>Orders from a panel by its standard API, <c>/api/v2</c>, and survives a bad network.</summary>
/// <param name="http">Its base address is the panel's.</param>
/// <param name="key">The reseller's API key; keep it out of source and logs.</param>
public sealed class PanelClient(HttpClient http, string key)
{
    private const int Attempts = 4;

    // Numbers on the wire are text, and members that a later version adds are ignored.
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>How long to wait before the second attempt; each further one waits twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What can be ordered, at this reseller's prices.</summary>
    public async Task<IReadOnlyList<PanelService>> ServicesAsync(CancellationToken cancel = default) =>
        Read<List<PanelService>>(await CallAsync(cancel, ("action", "services")));

    /// <summary>Places an order and returns its number.</summary>
    /// <param name="requestId">
    /// Your own name for this order, stored before the call: however often it is sent, it is one order and one charge.
    /// </param>
    /// <param name="service">Which service.</param>
    /// <param name="link">What the order is for.</param>
    /// <param name="quantity">How many.</param>
    /// <param name="cancel">Ends the waiting. Whether the order was placed is then unknown: send it again.</param>
    public async Task<int> AddAsync(
        string requestId, int service, string link, int quantity, CancellationToken cancel = default)
    {
        var answer = await CallAsync(
            cancel,
            ("action", "add"), ("request_id", requestId),
            ("service", $"{service}"), ("link", link), ("quantity", $"{quantity}"));
        return answer.GetProperty("order").GetInt32();
    }

    /// <summary>What has become of an order.</summary>
    public async Task<PanelOrder> StatusAsync(int order, CancellationToken cancel = default) =>
        Read<PanelOrder>(await CallAsync(cancel, ("action", "status"), ("order", $"{order}")));

    /// <summary>Asks to cancel an order. That it was asked is no promise: its status tells what came of it.</summary>
    /// <returns>Whether the request was taken.</returns>
    public async Task<bool> CancelAsync(int order, CancellationToken cancel = default)
    {
        var requestId = $"cancel-{Guid.CreateVersion7()}";
        var items = await CallAsync(cancel, ("action", "cancel"), ("request_id", requestId), ("orders", $"{order}"));
        return items[0].GetProperty("cancel").ValueKind == JsonValueKind.Number;
    }

    /// <summary>What is left to spend.</summary>
    public async Task<decimal> BalanceAsync(CancellationToken cancel = default) =>
        Read<PanelBalance>(await CallAsync(cancel, ("action", "balance"))).Balance;

    /// <summary>Calls until there is an answer. Every call here may be sent twice: it only asks, or it has a name.</summary>
    private async Task<JsonElement> CallAsync(CancellationToken cancel, params (string Name, string Value)[] fields)
    {
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                using var form = new FormUrlEncodedContent(
                    fields.Append(("key", key)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
                using var response = await http.PostAsync("/api/v2", form, cancel);
                asked = response.Headers.RetryAfter?.Delta;
                return await AnswerOfAsync(response, cancel);
            }
            catch (Exception error) when (attempt < Attempts && MayComeAgain(error) && !cancel.IsCancellationRequested)
            {
                await Task.Delay(asked ?? wait, cancel);
                wait *= 2;
            }
        }
    }

    /// <summary>No answer, or one that is not the panel's: the call may have been carried out or not.</summary>
    private static bool MayComeAgain(Exception error) =>
        error is HttpRequestException or TaskCanceledException or JsonException;

    private static async Task<JsonElement> AnswerOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        // A refusal is HTTP 200 as well. Only "later" has a status that says so.
        if (response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
        {
            throw new HttpRequestException($"the panel answered {(int)response.StatusCode}", null, response.StatusCode);
        }

        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancel));
        return response.Headers.TryGetValues("X-Error-Code", out var codes)
            ? throw new PanelRefusalException(codes.First(), answer.GetProperty("error").GetString() ?? "")
            : answer;
    }

    private static T Read<T>(JsonElement answer) =>
        answer.Deserialize<T>(Wire) ?? throw new JsonException("the panel answered null");
}
