using System.Text.Json.Nodes;
using PanelServer.Tests.Providers.Dispatch;

namespace PanelServer.Tests.Providers.Polling;

/// <summary>
/// Whatever a provider does with a question, nothing is believed that cannot be, nothing moves by it, and it is asked again.
/// </summary>
public sealed class QuestionFaultTests(EvilFixture both) : IClassFixture<EvilFixture>
{
    private static readonly OrderStands Untouched = new("Pending", 100, 20_000, false);

    // What it says of an order that is In progress there with remains 60, and what ours becomes of it.
    private static readonly (EvilFault Fault, OrderStands Stands)[] Lies =
    [
        (Lie("ten times as much remains", said => said["remains"] = "1000"), new("In progress", 100, 20_000, false)),
        (Lie("less than nothing remains", said => said["remains"] = "-5"), new("In progress", 0, 20_000, false)),
        (Lie("remains that are no number", said => said["remains"] = "many"), new("In progress", 100, 20_000, false)),
        (Lie("no remains", said => said.Remove("remains")), new("In progress", 100, 20_000, false)),
        (Lie("a count of null", said => said["start_count"] = null), new("In progress", 60, 20_000, false)),
        (Lie("a count below zero", said => said["start_count"] = -7), new("In progress", 60, 20_000, false)),
        (Lie("a number for a state", said => said["status"] = 3), Untouched),
        (Lie("an unknown word", said => said["status"] = "Frobnicated"), Untouched),
        (Lie("no state", said => said.Remove("status")), Untouched),
        (Lie("another case", said => said["status"] = "IN_PROGRESS"), new("In progress", 60, 20_000, false)),
        (Lie("a state of subscriptions", said => said["status"] = "Active"), Untouched),
        (Lie("Partial without remains", said =>
        {
            said["status"] = "Partial";
            said.Remove("remains");
        }), Untouched with { UnderReview = true }),
        (Lie("Partial of more than was ordered", said => (said["status"], said["remains"]) = ("Partial", "5000")), new("Canceled", 100, 0, true)),
        (Lie("Partial of less than nothing", said => (said["status"], said["remains"]) = ("Partial", -1)), new("Completed", 0, 20_000, true)),
        (Lie("Partial in its other words", said => (said["status"], said["remains"]) = ("Partially completed", 25)), new("Partial", 25, 15_000, false)),
        (Lie("canelled", said => said["status"] = "Canelled"), new("Canceled", 60, 0, false)),
        (Lie("Refunded", said => said["status"] = "Refunded"), new("Canceled", 60, 0, false)),
        (Lie("an error", said =>
        {
            said.Clear();
            said["error"] = "Incorrect order ID";
        }), Untouched),
    ];

    private readonly ForwardingPanel _ours = both.Ours;
    private readonly EvilPanel _evil = both.Evil;

    public static TheoryData<string, int> Faults
    {
        get
        {
            var cells = new TheoryData<string, int>();
            foreach (var fault in EvilFault.Any.Where(fault => !fault.Name.StartsWith("carried out, then HTTP", StringComparison.Ordinal)))
            {
                cells.Add(fault.Name, 1);
                if (!fault.IsSlow)
                {
                    cells.Add(fault.Name, 3);
                }
            }

            return cells;
        }
    }

    public static TheoryData<string> Names => [.. Lies.Select(lie => lie.Fault.Name)];

    /// <summary>Faults of questions whose deadline is short.</summary>
    public static TheoryData<string> Quick => [.. EvilFault.Any.Where(fault => !fault.IsSlow).Select(fault => fault.Name)];

    public static TheoryData<string> All => [.. EvilFault.Any.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_status_that_cannot_be_read_changes_nothing_and_is_asked_again(string name, int orders)
    {
        var fault = EvilFault.Named(name);
        var ours = await _ours.AcceptedAsync(orders);
        await _ours.PlayAsync(_evil, ours, """{"status":"In progress","start_count":7,"remains":60}""");
        var before = ours.ConvertAll(_ours.Whole);
        _evil.Spoil("status", fault);

        await _ours.PollAsync();
        if (!fault.IsHarmless)
        {
            Assert.Equal(before, ours.ConvertAll(_ours.Whole));
            await _ours.PollAsync();
        }

        Assert.All(ours, order => Assert.Equal(new OrderStands("In progress", 60, 20_000, false), _ours.Stands(order)));
        await EndAsync(ours);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_status_that_cannot_be_moves_no_money_that_is_not_owed(string name)
    {
        var (fault, stands) = Lies.Single(lie => lie.Fault.Name == name);
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        await _evil.PlayAsync(_ours.UpstreamId(order), """{"status":"In progress","start_count":7,"remains":60}""");
        _evil.Spoil("status", fault);

        await _ours.PollAsync();

        Assert.Equal(stands, _ours.Stands(order));
        if (name == "an unknown word")
        {
            Assert.Contains("Frobnicated", Assert.Single(_ours.Rows("SELECT said FROM alerts WHERE kind = 10 AND closed_at IS NULL")), StringComparison.Ordinal);
        }

        if (stands.Status is "Pending" or "In progress")
        {
            await _ours.PollAsync();
            Assert.Equal(("In progress", 60L), (_ours.Stands(order).Status, _ours.Stands(order).Remains));
            await EndAsync([order]);
        }
        else
        {
            // The end is the end, whatever is said later.
            var whole = _ours.Whole(order);
            await _ours.PollAsync();
            Assert.Equal(whole, _ours.Whole(order));
        }
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Processing")]
    public async Task A_state_that_goes_back_is_looked_at_by_a_person(string word)
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        await _evil.PlayAsync(_ours.UpstreamId(order), """{"status":"In progress","remains":60}""");
        await _ours.PollAsync();
        _evil.Spoil("status", Lie("back", said => said["status"] = word));

        await _ours.PollAsync();

        Assert.Equal(new OrderStands("In progress", 60, 20_000, true), _ours.Stands(order));
        await EndAsync([order]);
    }

    [Fact]
    public async Task One_bad_item_keeps_no_other_from_being_heard()
    {
        const int Many = 100;
        var ours = await _ours.AcceptedAsync(Many);
        await _ours.PlayAsync(_evil, ours, """{"status":"Completed"}""");
        var ids = ours.ConvertAll(_ours.UpstreamId);
        var before = ours.ConvertAll(_ours.Whole);
        var asked = _evil.CallsOf("status");
        _evil.Spoil("status", EvilFault.Reworded("a batch of all kinds", said =>
        {
            said[ids[0]] = "Incorrect order ID";
            said[ids[1]] = new JsonArray(5);
            said.AsObject().Remove(ids[2]);
            said[ids[3]] = null;
            said[ids[4]]!["status"] = new JsonObject { ["x"] = 1 };
            said["999999"] = new JsonObject { ["status"] = "Canceled", ["charge"] = "0" };
            said["-1"] = new JsonArray();
            return said.ToJsonString();
        }));

        await _ours.PollAsync();

        Assert.Equal(1, _evil.CallsOf("status") - asked);
        Assert.Equal(new OrderStands("Pending", 100, 20_000, false), _ours.Stands(ours[0]));
        Assert.Equal(before[1..5], ours[1..5].ConvertAll(_ours.Whole));
        Assert.All(ours[5..], order => Assert.Equal(new OrderStands("Completed", 0, 20_000, false), _ours.Stands(order)));

        await _ours.PollAsync();
        Assert.All(ours[..5], order => Assert.Equal("Completed", _ours.Stands(order).Status));
    }

    [Fact]
    public async Task A_dearer_charge_is_kept_and_one_in_another_currency_is_not()
    {
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        _evil.Spoil("status", Lie("dearer", said => said["charge"] = "3.5"));
        await _ours.PollAsync();
        Assert.Equal("350000", CostOf(order));
        Assert.Contains("margin -3.30000", await _ours.Panel.VerbAsync("order", "show", $"{order}"), StringComparison.Ordinal);

        _evil.Spoil("status", Lie("another currency", said => (said["charge"], said["currency"]) = ("9", "INR")));
        await _ours.PollAsync();
        Assert.Equal("350000", CostOf(order));
        Assert.Equal(Untouched, _ours.Stands(order));
        await EndAsync([order]);
        Assert.Equal("9000", CostOf(order));

        // It costs more than it is sold for by that, and its catalogue says what it said before: a person unlocks it.
        Assert.StartsWith("below cost: ", _ours.Rows("SELECT locked FROM routes")[0], StringComparison.Ordinal);
        await _ours.Panel.VerbAsync("route", "unlock", "1");

        // The balance was told in the known currency meanwhile, and that says nothing about charges.
        var alert = Assert.Single(_ours.Rows("SELECT id FROM alerts WHERE kind = 5 AND subject = 'charges' AND closed_at IS NULL"));
        await _ours.Panel.VerbAsync("alert", "close", alert);
    }

    [Fact]
    public async Task Another_currency_is_told_until_the_known_one_is_back()
    {
        const string Open = "SELECT COUNT(*) FROM alerts WHERE kind = 5 AND closed_at IS NULL";
        var known = _ours.Rows("SELECT currency FROM providers").Single();
        _evil.Spoil("balance", EvilFault.Says("""{"balance":"5","currency":"INR"}"""));

        await _ours.PollAsync();
        Assert.Equal(("1", known), (_ours.Rows(Open).Single(), _ours.Rows("SELECT currency FROM providers").Single()));
        Assert.DoesNotContain("500000", _ours.Rows("SELECT balance FROM providers"));

        await _ours.PollAsync();
        Assert.Equal("0", _ours.Rows(Open).Single());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_balance_that_cannot_be_read_is_said_and_changes_nothing(string name)
    {
        var fault = EvilFault.Named(name);
        var order = Assert.Single(await _ours.AcceptedAsync(1));
        var known = _ours.Rows("SELECT balance, currency, paused FROM providers").Single();
        _evil.Spoil("balance", fault);

        var (exit, _, error) = await _ours.Panel.TryVerbAsync("provider", "poll", "evil");

        Assert.Equal(fault.IsHarmless ? 0 : 1, exit);
        if (!fault.IsHarmless)
        {
            Assert.StartsWith("provider evil does not answer: ", error, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error);
            Assert.Equal(known, _ours.Rows("SELECT balance, currency, paused FROM providers").Single());
        }

        await EndAsync([order]);
    }

    [Theory]
    [MemberData(nameof(Quick))]
    public async Task A_catalogue_that_cannot_be_read_makes_no_route(string name)
    {
        var fault = EvilFault.Named(name);
        var service = await _ours.AddServiceAsync();
        _evil.Spoil("services", fault);

        var (exit, _, error) = await _ours.Panel.TryVerbAsync("route", "add", $"{service}", "evil", "1");

        Assert.Equal(fault.IsHarmless ? (0, "1") : (1, "0"), (exit, _ours.Rows($"SELECT COUNT(*) FROM routes WHERE service_id = {service}").Single()));
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain(EvilPanel.Key, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"service":1,"name":"x","rate":"0","min":1,"max":5}]""")]
    [InlineData("""[{"service":1,"name":"x","rate":"-1","min":1,"max":5}]""")]
    [InlineData("""[{"service":1,"name":"x","rate":"1","min":9,"max":5}]""")]
    [InlineData("""[{"service":1,"name":"","rate":"1","min":1,"max":5}]""")]
    [InlineData("""[{"name":"x","rate":"1","min":1,"max":5}]""")]
    [InlineData("""[5,"x",null,{}]""")]
    [InlineData("""{"1":{"name":"x"}}""")]
    public async Task A_poisoned_row_of_a_catalogue_makes_no_route(string catalogue)
    {
        var service = await _ours.AddServiceAsync();
        _evil.Spoil("services", EvilFault.Says(catalogue));

        var (exit, _, error) = await _ours.Panel.TryVerbAsync("route", "add", $"{service}", "evil", "1");

        Assert.Equal((1, "0"), (exit, _ours.Rows($"SELECT COUNT(*) FROM routes WHERE service_id = {service}").Single()));
        Assert.Contains("lists no service 1", error, StringComparison.Ordinal);
    }

    private static EvilFault Lie(string name, Action<JsonObject> change) => EvilFault.Reworded(name, said =>
    {
        change(said.AsObject());
        return said.ToJsonString();
    });

    private string CostOf(int order) => _ours.Rows($"SELECT cost FROM sendings WHERE subject = {order} AND outcome = 1").Single();

    private async Task EndAsync(List<int> orders)
    {
        Assert.Equal(0, _evil.Behave());
        await _ours.PlayAsync(_evil, orders, """{"status":"Completed"}""");
        await _ours.PollUntilAsync("they end", () => orders.TrueForAll(order => _ours.Stands(order).Status == "Completed"));
    }
}
