using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace PanelServer.Tests.Providers;

/// <summary>An upstream panel that takes no order, says to each what it is told to say, and repeats what it was sent.</summary>
internal sealed class SayingUpstream : IAsyncDisposable
{
    private const string Services =
        """[{"service":1,"name":"Followers","type":"Default","category":"First","rate":"0.90","min":"50","max":"10000","dripfeed":true,"refill":true,"cancel":true}]""";

    private readonly RawUpstream _door;
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _calls = new();
    private int _orders;

    public SayingUpstream() => _door = new(ServeAsync);

    public Uri Address => _door.Address;

    /// <summary>What it says to an order, instead of taking it; null takes it.</summary>
    public Func<IReadOnlyDictionary<string, string>, string?> Refusal { get; set; } = _ => null;

    /// <summary>What it says when it is asked for the balance, as JSON.</summary>
    public string Balance { get; set; } = """{"balance":"1000","currency":"USD"}""";

    /// <summary>The HTTP status of that.</summary>
    public int BalanceStatus { get; set; } = 200;

    /// <summary>What it says of an order, as JSON.</summary>
    public string Status { get; set; } = """{"status":"Pending"}""";

    /// <summary>A whole answer to the next order, head and all, instead of anything else.</summary>
    public byte[]? Raw { get; set; }

    public int CallsOf(string action) => _calls.Count(form => form.GetValueOrDefault("action") == action);

    /// <summary>Orders that came with a link.</summary>
    public int OrdersFor(string link) => _calls.Count(form => form.GetValueOrDefault("action") == "add" && form.GetValueOrDefault("link") == link);

    /// <summary>Says the same to every order.</summary>
    public void Say(string words) => Refusal = _ => words;

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    private async Task ServeAsync(RawConnection connection)
    {
        while (await connection.ReadAsync() is { } request)
        {
            var form = QueryHelpers.ParseQuery(request.Body).ToDictionary(field => field.Key, field => field.Value.ToString());
            _calls.Enqueue(form);
            await connection.SendAsync(form.GetValueOrDefault("action") switch
            {
                "add" when Raw is { } raw => raw,
                "add" => RawScript.Reply(200, Add(form)),
                "balance" => RawScript.Reply(BalanceStatus, Balance),
                "status" => RawScript.Reply(200, Status),
                "services" => RawScript.Reply(200, Services),
                _ => RawScript.Reply(200, """{"error":"Incorrect request"}"""),
            });
        }
    }

    private string Add(Dictionary<string, string> form)
    {
        if (Refusal(form) is not { } words)
        {
            return new JsonObject { ["order"] = Interlocked.Increment(ref _orders) }.ToJsonString();
        }

        // Everything it was sent comes back, in the words and beside them.
        var said = new JsonObject { ["error"] = $"{words} ({form["link"]})" };
        foreach (var (name, value) in form.Where(field => field.Key != "key"))
        {
            said[name] = value;
        }

        return said.ToJsonString();
    }
}
