using System.Text.Json.Nodes;
using PanelServer.Domain.Providers;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>
/// Whatever a provider does with the call that brings it an order, it holds at most one for each of ours, and exactly one as
/// soon as a person has looked at what nobody could know.
/// </summary>
public sealed class AddFaultTests(EvilFixture both) : IClassFixture<EvilFixture>
{
    // Answers that only an order can have: what they come to, and whether the provider took the order.
    private static readonly (EvilFault Fault, SubmissionOutcome Outcome, bool IsTaken)[] OfOrders =
    [
        (EvilFault.Says("""{"error":"Incorrect link"}"""), Rejected, false),
        (EvilFault.Says("""{"status":"fail","message":"Quantity below the minimum"}"""), Rejected, false),
        (EvilFault.Says("""{"error":"Quantity is too low"}""", 400), Rejected, false),
        (EvilFault.Says("""{"error":"Rate limit exceeded"}"""), Deferred, false),
        (EvilFault.Says("""{"error":"Please try again later"}""", 200, "Retry-After: 1"), Deferred, false),
        (EvilFault.Says("""{"error":""}"""), Unknown, false),
        (EvilFault.Says("""{"error":null}"""), Unknown, false),
        (EvilFault.Says("""{"order":0}"""), Unknown, false),
        (EvilFault.Says("""{"order":-1}"""), Unknown, false),
        (EvilFault.Says("""{"order":null}"""), Unknown, false),
        (EvilFault.Says("""{"order":"a b"}"""), Unknown, false),
        (EvilFault.Says("""{"order":5,"error":"Not enough funds"}"""), Unknown, false),
        (EvilFault.Reworded("order and error", said => $$"""{"order":{{said["order"]}},"error":"Something went wrong"}"""), Unknown, true),
        (EvilFault.Reworded("an order of two minds", said => $$"""{"order":{{said["order"]}},"order":77}"""), Unknown, true),
        (EvilFault.Reworded("an id as a text", said => $$"""{"order":"{{said["order"]}}"}"""), Accepted, true),
        (EvilFault.Reworded("an id among data", said => $$"""{"status":"success","data":{"order":{{said["order"]}} } }"""), Accepted, true),
        (EvilFault.Reworded("an id beside much else", said => $$"""{"order":{{said["order"]}},"error":null,"charge":{"x":[]},"balance":"?"}"""), Accepted, true),
    ];

    private static readonly (EvilFault Fault, SubmissionOutcome Outcome, bool IsTaken)[] All =
    [
        .. EvilFault.Any.Select(fault => (fault, fault.Change, fault.IsHarmless || fault.Name.StartsWith("carried out", StringComparison.Ordinal))),
        .. OfOrders,
    ];

    private readonly ForwardingPanel _ours = both.Ours;
    private readonly EvilPanel _evil = both.Evil;

    public static TheoryData<string> Faults => [.. All.Select(cell => cell.Fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task An_order_is_neither_lost_nor_doubled(string name)
    {
        var (fault, outcome, isTaken) = All.Single(cell => cell.Fault.Name == name);
        var link = _ours.NewLink();
        await _ours.Panel.VerbAsync("provider", "resume", "evil");
        _evil.Spoil("add", fault);

        var order = await _ours.OrderAsync(link);
        await _ours.PollAsync();
        await _ours.PollAsync();

        switch (outcome)
        {
            case Accepted:
                Assert.Equal("1", _ours.Outcomes(order));
                Assert.False(_ours.Stands(order).UnderReview);
                break;
            case Deferred:
                await _ours.PollUntilAsync("it is accepted", () => _ours.Outcomes(order) == "6 1");
                break;
            case Rejected:
                Assert.Equal(("2", new OrderStands("Canceled", 100, 0, false)), (_ours.Outcomes(order), _ours.Stands(order)));
                Assert.Empty(_evil.OrdersFor(link));
                return;
            case Unknown:
                await UnknownAsync(order, link, isTaken);
                break;
            case UnderWay or NotSent or NotAccepted:
                throw new InvalidOperationException("no fault comes to that");
        }

        var upstream = Assert.Single(_evil.OrdersFor(link));
        Assert.Equal(upstream, _ours.UpstreamId(order));
        Assert.Equal(0, _evil.Behave());

        await _evil.PlayAsync(upstream, """{"status":"Completed"}""");
        await _ours.PollAsync();
        Assert.Equal(new OrderStands("Completed", 0, 20_000, false), _ours.Stands(order));
        Assert.Equal("9000", Assert.Single(_ours.Rows($"SELECT cost FROM sendings WHERE subject = {order} AND outcome = 1")));
    }

    [Theory]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("18446744073709551616000", "18446744073709551616000")]
    [InlineData("\"abc-1\"", "abc-1")]
    [InlineData("\"665f1e9b2ab79c0012e4c1aa\"", "665f1e9b2ab79c0012e4c1aa")]
    public async Task An_id_may_be_whatever_names_one_order(string said, string kept)
    {
        await _ours.Panel.VerbAsync("provider", "resume", "evil");
        _evil.Spoil("add", EvilFault.Reworded("another id", _ => $$"""{"order":{{said}}}"""));

        var order = await _ours.OrderAsync(_ours.NewLink());
        await _ours.PollUntilAsync("it is accepted", () => _ours.Outcomes(order) == "1");

        Assert.Equal(kept, _ours.UpstreamId(order));

        // The sandbox does not know it by that: what it says of it moves nothing, and a person ends it.
        await _ours.PollAsync();
        Assert.Equal(new OrderStands("Pending", 100, 20_000, false), _ours.Stands(order));
        Assert.Equal("1 Incorrect order ID", _ours.Rows($"SELECT unheard > 0, said FROM sendings WHERE subject = {order} AND outcome = 1").Single());
        await _ours.Panel.VerbAsync("order", "complete", $"{order}");
    }

    [Fact]
    public async Task An_id_that_is_another_orders_already_touches_neither()
    {
        await _ours.Panel.VerbAsync("provider", "resume", "evil");
        var (one, two) = (_ours.NewLink(), _ours.NewLink());
        var first = await _ours.OrderAsync(one);
        await _ours.PollUntilAsync("it is accepted", () => _ours.Outcomes(first) == "1");
        var (known, before) = (_ours.UpstreamId(first), _ours.Whole(first));
        _evil.Spoil("add", EvilFault.Reworded("a known id", _ => new JsonObject { ["order"] = long.Parse(known) }.ToJsonString()));

        var second = await _ours.OrderAsync(two);
        await _ours.PollUntilAsync("it is unknown", () => _ours.Outcomes(second) == "4");

        Assert.Equal(before, _ours.Whole(first));
        Assert.Equal(new OrderStands("Pending", 100, 20_000, true), _ours.Stands(second));
        Assert.Contains($"by which it has order {first} already", await _ours.Panel.VerbAsync("review", "show", $"{second}"), StringComparison.Ordinal);
        var (exit, _, error) = await _ours.Panel.TryVerbAsync("review", "link", $"{second}", known, "--note", "no");
        Assert.Equal((1, $"the provider has order {first} by the id {known}"), (exit, error));

        var truly = Assert.Single(_evil.OrdersFor(two));
        await _ours.SettleAsync(second, [truly]);
        await _evil.PlayAsync(truly, """{"status":"Partial","remains":40}""");
        await _evil.PlayAsync(known, """{"status":"Completed"}""");
        await _ours.PollAsync();

        Assert.Equal(new OrderStands("Completed", 0, 20_000, false), _ours.Stands(first));
        Assert.Equal(new OrderStands("Partial", 40, 12_000, false), _ours.Stands(second));
    }

    /// <summary>Nothing moves by itself, nothing can be moved past the review, and a person settles it by what is found.</summary>
    private async Task UnknownAsync(int order, string link, bool isTaken)
    {
        Assert.Equal(("4", new OrderStands("Pending", 100, 20_000, true)), (_ours.Outcomes(order), _ours.Stands(order)));
        Assert.Equal(isTaken ? 1 : 0, _evil.OrdersFor(link).Count);
        var calls = _evil.Calls.Count(form => form.GetValueOrDefault("link") == link);
        Assert.Equal(1, calls);

        foreach (var verb in new[] { "cancel", "complete", "take", "start" })
        {
            var (exit, _, error) = await _ours.Panel.TryVerbAsync("order", verb, $"{order}");
            Assert.Equal(1, exit);
            Assert.Contains($"a provider may have order {order}", error, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await _ours.Panel.TryVerbAsync("order", "forward", $"{order}")).Exit);
        Assert.Equal(1, (await _ours.Panel.TryVerbAsync("review", "close", $"{order}", "--note", "away with it")).Exit);
        var shown = JsonNode.Parse(await _ours.Panel.VerbAsync("review", "show", $"{order}", "--json"))!;
        Assert.True((bool)shown["unknown"]!);
        Assert.Contains("action=add", (string)shown["sendings"]![0]!["sent"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(EvilPanel.Key, shown.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull((string?)shown["sendings"]![0]!["balance_after"]);

        await _ours.SettleAsync(order, _evil.OrdersFor(link));
        await _ours.PollUntilAsync("it is accepted", () => _ours.UpstreamId(order).Length > 0);
        Assert.Equal(isTaken ? "1" : "5 1", _ours.Outcomes(order));
        Assert.False(_ours.Stands(order).UnderReview);
    }
}
