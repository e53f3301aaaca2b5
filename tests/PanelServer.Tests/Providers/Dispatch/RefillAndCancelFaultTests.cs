using PanelServer.Domain.Providers;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>
/// Whatever a provider does with what is asked for beside an order: a refill is asked for once unless a person says
/// otherwise, a wish to cancel may be repeated, and only the state of the order pays back.
/// </summary>
public sealed class RefillAndCancelFaultTests(EvilFixture both) : IClassFixture<EvilFixture>
{
    private static readonly (EvilFault Fault, SubmissionOutcome Outcome)[] OfRefills =
    [
        (EvilFault.Says("""{"error":"Refill not available"}"""), Rejected),
        (EvilFault.Says("""{"refill":0}"""), Unknown),
        (EvilFault.Says("""{"refill":{"error":"Refill not available"}}"""), Rejected),
        (EvilFault.Says("""{"refill":5,"error":"no"}"""), Unknown),
        (EvilFault.Says("""[{"order":1,"refill":5}]"""), Unknown),
        (EvilFault.Reworded("a refill as a number", said => $$"""{"refill":{{(string)said["refill"]!}}}"""), Accepted),
    ];

    private static readonly (EvilFault Fault, SubmissionOutcome Outcome)[] OfCancels =
    [
        (EvilFault.Says("""{"error":"Incorrect request"}"""), Rejected),
        (EvilFault.Says("""[{"cancel":{"error":"Cancel not available"}}]"""), Rejected),
        (EvilFault.Says("""[{"order":1,"cancel":1}]"""), Unknown),
        (EvilFault.Says("""[{"cancel":1},{"cancel":1}]"""), Unknown),
        (EvilFault.Says("""[{"cancel":0}]"""), Unknown),
    ];

    private readonly ForwardingPanel _ours = both.Ours;
    private readonly EvilPanel _evil = both.Evil;

    public static TheoryData<string> Refills => [.. EvilFault.Any.Select(fault => fault.Name), .. OfRefills.Select(cell => cell.Fault.Name)];

    public static TheoryData<string> Questions => [.. EvilFault.Any.Where(fault => !fault.Name.StartsWith("carried out, then HTTP", StringComparison.Ordinal)).Select(fault => fault.Name)];

    public static TheoryData<string> Cancels => [.. EvilFault.Any.Select(fault => fault.Name), .. OfCancels.Select(cell => cell.Fault.Name)];

    [Theory]
    [MemberData(nameof(Refills))]
    public async Task A_refill_is_asked_for_once(string name)
    {
        var (fault, outcome) = Of(OfRefills, name);
        var (order, upstream) = await CompletedAsync();
        _evil.Spoil("refill", fault);

        var refill = await RefillAsync(order);
        await _ours.PollUntilAsync("it was asked for", () => _ours.Outcomes(refill, kind: 2) is { Length: > 0 } ended && !ended.EndsWith('0'));
        await _ours.PollAsync();

        if (outcome == Rejected)
        {
            Assert.Equal(("2", "3"), (_ours.Outcomes(refill, kind: 2), StateOf(refill)));
            return;
        }

        if (outcome == Unknown)
        {
            Assert.Equal("4", _ours.Outcomes(refill, kind: 2));
            Assert.True(_ours.Stands(order).UnderReview);
            var known = _evil.Rows($"SELECT id FROM refills WHERE order_id = {upstream}");
            Assert.Equal(fault.Name.StartsWith("carried out", StringComparison.Ordinal) ? 1 : 0, known.Count);
            Assert.Equal(1, (await _ours.Panel.TryVerbAsync("review", "refund", $"{order}", "--note", "no")).Exit);
            await _ours.SettleAsync(order, known);
        }

        await _ours.PollUntilAsync("it is accepted", () => _ours.Outcomes(refill, kind: 2).EndsWith('1'));
        var theirs = Assert.Single(_evil.Rows($"SELECT id FROM refills WHERE order_id = {upstream}"));
        Assert.Equal(theirs, _ours.Rows($"SELECT upstream_id FROM sendings WHERE kind = 2 AND subject = {refill} AND outcome = 1").Single());
        await _evil.AdvanceAsync("00:05:00");
        await _ours.PollUntilAsync("it is completed", () => StateOf(refill) == "2");
        Assert.Equal(0, _evil.Behave());
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_refills_state_that_cannot_be_read_changes_nothing_and_is_asked_again(string name)
    {
        var fault = EvilFault.Named(name);
        var (order, _) = await CompletedAsync();
        var refill = await RefillAsync(order);
        await _ours.PollUntilAsync("it is accepted", () => _ours.Outcomes(refill, kind: 2) == "1");
        var before = _ours.Whole(order);
        await _evil.AdvanceAsync("00:05:00");
        _evil.Spoil("refill_status", fault);

        await _ours.PollAsync();
        if (!fault.IsHarmless)
        {
            Assert.Equal(before, _ours.Whole(order));
        }

        await _ours.PollUntilAsync("it is completed", () => StateOf(refill) == "2");
        Assert.Equal(0, _evil.Behave());
    }

    [Theory]
    [MemberData(nameof(Cancels))]
    public async Task A_wish_to_cancel_pays_back_only_when_the_order_has_ended(string name)
    {
        var (fault, outcome) = Of(OfCancels, name);
        var order = await AcceptedAsync();
        var upstream = _ours.UpstreamId(order);
        await _evil.PlayAsync(upstream, """{"status":"In progress","remains":60}""");
        await _ours.PollAsync();
        _evil.Spoil("cancel", fault);

        Assert.Equal($$"""[{"order":{{order}},"cancel":1}]""", (await _ours.CallAsync("cancel", ("orders", $"{order}"))).ToJsonString());
        var request = _ours.Rows($"SELECT id FROM cancels WHERE order_id = {order}").Single();
        await _ours.PollUntilAsync("it was asked", () => _ours.Outcomes(int.Parse(request), kind: 3) is { Length: > 0 } ended && !ended.EndsWith('0'));
        Assert.Equal(("In progress", 20_000L), (_ours.Stands(order).Status, _ours.Stands(order).Kept));

        if (outcome == Rejected)
        {
            Assert.Equal("2", _ours.Rows($"SELECT status FROM cancels WHERE order_id = {order}").Single());
            Assert.Empty(_evil.Rows($"SELECT id FROM cancels WHERE order_id = {upstream}"));
            await _evil.PlayAsync(upstream, """{"status":"Completed"}""");
            await _ours.PollAsync();
            return;
        }

        await _ours.PollUntilAsync("the provider was told", () => _evil.Rows($"SELECT id FROM cancels WHERE order_id = {upstream}").Count == 1);
        await _ours.PollAsync();
        Assert.Equal(("In progress", 20_000L), (_ours.Stands(order).Status, _ours.Stands(order).Kept));

        await _evil.ControlAsync("PUT", $"/sandbox/cancels/{upstream}", """{"accept":true,"remains":30}""");
        await _ours.PollUntilAsync("it has ended", () => _ours.Stands(order).Status == "Partial");
        Assert.Equal(new OrderStands("Partial", 30, 14_000, false), _ours.Stands(order));
        Assert.Equal("1", _ours.Rows($"SELECT status FROM cancels WHERE order_id = {order}").Single());
        Assert.Equal(0, _evil.Behave());
    }

    private static (EvilFault Fault, SubmissionOutcome Outcome) Of((EvilFault Fault, SubmissionOutcome Outcome)[] more, string name) =>
        EvilFault.Any.Select(fault => (Fault: fault, Outcome: fault.Change)).Concat(more).Single(cell => cell.Fault.Name == name);

    private string StateOf(int refill) => _ours.Rows($"SELECT status FROM refills WHERE id = {refill}").Single();

    private async Task<int> RefillAsync(int order) => int.Parse((string)(await _ours.CallAsync("refill", ("order", $"{order}")))["refill"]!);

    private async Task<int> AcceptedAsync() => (await _ours.AcceptedAsync(1))[0];

    private async Task<(int Order, string Upstream)> CompletedAsync()
    {
        var order = await AcceptedAsync();
        await _evil.PlayAsync(_ours.UpstreamId(order), """{"status":"Completed"}""");
        await _ours.PollUntilAsync("it is completed", () => _ours.Stands(order).Status == "Completed");
        await _evil.AdvanceAsync("1.01:00:00");
        return (order, _ours.UpstreamId(order));
    }
}
