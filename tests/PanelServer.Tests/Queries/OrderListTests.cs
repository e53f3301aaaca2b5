using PanelServer.Queries;

namespace PanelServer.Tests.Queries;

/// <summary>Orders are found by what they are, and a list says where it stopped looking.</summary>
public sealed class OrderListTests
{
    [Theory]
    [InlineData("--search 23502", "23502")]
    [InlineData("--search \"23501, 23503\"", "23503 23501")]
    [InlineData("--search example.com/b", "23502")]
    [InlineData("--search 1", "")]
    [InlineData("--from 2026-01-02", "23503")]
    [InlineData("--to 2026-01-02", "23502 23501")]
    [InlineData("--from 2026-01-01 --to 2026-01-02 --reseller demo --status \"In progress\"", "23502 23501")]
    [InlineData("--from 2026-01-03", "")]
    public async Task Orders_are_found_by_what_they_are(string options, string ids)
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync(link: "https://sandbox.test/stuck?example.com/a");
        await panel.OrderAsync(link: "https://sandbox.test/stuck?example.com/b");
        await panel.AdvanceAsync("1.00:00:00");
        await panel.OrderAsync(link: "https://sandbox.test/stuck?example.com/c");

        var list = await panel.VerbAsync(["order", "list", .. Words(options)]);

        Assert.Equal(ids, string.Join(' ', list.Split('\n').Skip(1).Select(line => line.Split(' ')[0])));
    }

    [Theory]
    [InlineData("--provider nobody", "there is no provider nobody")]
    [InlineData("--status Lost", "Lost is not a state")]
    public async Task What_is_not_there_is_told(string options, string why)
    {
        await using var panel = TestPanel.Sandbox();

        var (exit, _, error) = await panel.TryVerbAsync(["order", "list", .. Words(options)]);

        Assert.Equal(1, exit);
        Assert.StartsWith(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_ids_at_once_are_refused()
    {
        await using var panel = TestPanel.Sandbox();

        var (exit, _, error) = await panel.TryVerbAsync(
            "order", "list", "--search", string.Join(' ', Enumerable.Range(1, OrderFilter.MaxSearched + 1)));

        Assert.Equal((1, "1001 ids are too many to look for at once: at most 1000"), (exit, error));
    }

    [Fact]
    public async Task A_search_through_many_orders_says_how_far_it_looked_back_and_goes_on_there()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.OrderAsync();
        panel.Tamper(
            $"""
             INSERT INTO orders (id, reseller_id, service_id, type, status, stage, quantity, remains, rate, charge, created_at, updated_at)
             WITH RECURSIVE ids (id) AS (SELECT 23502 UNION ALL SELECT id + 1 FROM ids WHERE id < 23501 + {OrderQueries.MaxLookBack})
             SELECT id, 1, 2, 1, 0, 0, 1, 1, 0, 0, 0, 0 FROM ids;
             UPDATE panel SET next_order_id = 23502 + {OrderQueries.MaxLookBack}
             """);

        var (exit, output, error) = await panel.TryVerbAsync("order", "list", "--service", "1");

        Assert.Equal((0, "no orders", "looked back as far as order 23502; --before 23502 looks further"), (exit, output, error));
        Assert.Contains("23501", await panel.VerbAsync("order", "list", "--service", "1", "--before", "23502"), StringComparison.Ordinal);
        Assert.Equal("", (await panel.TryVerbAsync("order", "list", "--service", "2")).Error);

        // What an index finds is found however old it is.
        Assert.Contains("23501", await panel.VerbAsync("order", "list", "--search", "23501", "--service", "1"), StringComparison.Ordinal);
    }

    private static string[] Words(string options)
    {
        var at = options.IndexOf('"', StringComparison.Ordinal);
        return at < 0 ? options.Split(' ') : [.. options[..(at - 1)].Split(' '), options[(at + 1)..^1]];
    }
}
