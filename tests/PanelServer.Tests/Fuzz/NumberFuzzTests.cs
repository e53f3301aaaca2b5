using System.Globalization;
using System.Text.RegularExpressions;
using PanelServer.Tests.Processes;

namespace PanelServer.Tests.Fuzz;

/// <summary>
/// What is a number and what is not, decided here a second time from the published rule: 1 to 18 ASCII digits after
/// trimming, zeros behind a point, and nothing else.
/// </summary>
[Collection(FuzzGroup.Name)]
[Trait("Category", "Process")]
public sealed partial class NumberFuzzTests(FuzzFixture fuzz)
{
    private static readonly (string, string)[] Dripped =
        [("service", "1"), ("link", "https://sandbox.test/r"), ("interval", "5")];

    [Fact]
    public async Task A_quantity_is_taken_only_when_it_is_a_number_within_the_limits()
    {
        using var caller = fuzz.Caller();
        var wrong = await WrongAsync(value => value switch
        {
            null => "Incorrect quantity",
            < 50 => "Quantity less than minimal 50",
            > 10_000 => "Quantity more than maximum 10000",
            _ => null,
        }, text => caller.AskAsync("add", ("service", "1"), ("link", "https://sandbox.test/q"), ("quantity", text)));
        Assert.Empty(wrong);
        await fuzz.ProveAsync();
    }

    [Fact]
    public async Task Runs_are_taken_only_when_each_factor_is_in_order()
    {
        using var caller = fuzz.Caller();
        var wrong = await WrongAsync(value => value switch
        {
            null or 0 => "Incorrect runs",
            1 => null,
            _ when value.Value > 100 => "Quantity more than maximum 10000",
            _ => null,
        }, text => caller.AskAsync("add", [.. Dripped, ("quantity", "100"), ("runs", text)]));
        Assert.Empty(wrong);
        (await caller.AskAsync("add", [.. Dripped, ("quantity", "-5"), ("runs", "-100")]))
            .SaysError("Incorrect quantity", "incorrect_field");
        await fuzz.ProveAsync();
    }

    [Fact]
    public async Task Orders_and_refills_that_cannot_be_are_unknown_and_never_found()
    {
        using var caller = fuzz.Caller();
        Assert.Empty(await WrongAsync(_ => "Incorrect order ID", text => caller.AskAsync("status", ("order", text)), FuzzDictionary.LoneNumberTexts));
        Assert.Empty(await WrongAsync(_ => "Incorrect order ID", text => caller.AskAsync("refill", ("order", text)), FuzzDictionary.LoneNumberTexts));
        Assert.Empty(await WrongAsync(_ => "Refill not found", text => caller.AskAsync("refill_status", ("refill", text)), FuzzDictionary.LoneNumberTexts));
    }

    [Fact]
    public async Task A_price_is_never_rounded_away()
    {
        using var caller = fuzz.Caller();
        var before = await caller.BalanceAsync();
        (string, string)[] tiny = [("service", "18"), ("link", "https://sandbox.test/t"), ("quantity", "1")];
        var answer = await caller.AskAsync("add", tiny);
        Assert.Equal(1, (await caller.StateAsync(answer.Accepted())).Charge);
        Assert.Equal(before - 1, await caller.BalanceAsync());
    }

    // Calls with every number of the dictionary and lists those that were answered otherwise than the rule says.
    private static async Task<List<string>> WrongAsync(
        Func<long?, string?> rule, Func<string, Task<WireAnswer>> ask, IEnumerable<string>? texts = null)
    {
        List<string> wrong = [];
        foreach (var text in texts ?? FuzzDictionary.NumberTexts)
        {
            var trimmed = text.Trim();
            long? number = Digits().IsMatch(trimmed) ? long.Parse(trimmed.Split('.')[0], CultureInfo.InvariantCulture) : null;
            var (answer, expected) = (await ask(text), rule(number));
            if (answer.Error != expected)
            {
                wrong.Add($"'{text}': expected {expected ?? "success"}, got {answer}");
            }
        }

        return wrong;
    }

    [GeneratedRegex(@"\A[0-9]{1,18}(\.0+)?\z")]
    private static partial Regex Digits();
}
