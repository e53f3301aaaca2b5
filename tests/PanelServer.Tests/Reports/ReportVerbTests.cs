namespace PanelServer.Tests.Reports;

/// <summary><c>report</c> as operators type it.</summary>
public sealed class ReportVerbTests
{
    // The sandbox's world begins on 2026-01-01; service 1 costs 0.90 for 1000.
    private static async Task<TestPanel> SoldAsync(params (string Name, string Value)[] settings)
    {
        var panel = TestPanel.Sandbox(settings);
        await panel.OrderAsync(100);
        await panel.AdvanceAsync("1.00:00:00");
        await panel.OrderAsync(200, "https://sandbox.test/stuck");
        await panel.VerbAsync("order", "cancel", "23502");
        return panel;
    }

    [Fact]
    public async Task It_prints_a_table_with_a_total()
    {
        await using var panel = await SoldAsync();

        Assert.Equal(
            """
            2025-12-04 to 2026-01-02, days of UTC, in USD
            DAY         ORDERS  EARNINGS  COST     MARGIN   REFUNDS
            2026-01-01  1       0.09000   0.00000  0.09000  0.00000
            2026-01-02  1       0.18000   0.00000  0.00000  0.18000
            TOTAL       2       0.27000   0.00000  0.09000  0.18000
            """.ReplaceLineEndings(),
            await panel.VerbAsync("report", "day"));
        Assert.Equal(
            """
            2026-01-02 to 2026-01-02, days of UTC, in USD
            RESELLER  ORDERS  EARNINGS  COST     MARGIN   REFUNDS
            demo      1       0.18000   0.00000  0.00000  0.18000
            TOTAL     1       0.18000   0.00000  0.00000  0.18000
            """.ReplaceLineEndings(),
            await panel.VerbAsync("report", "reseller", "--from", "2026-01-02", "--to", "2026-01-02"));
    }

    [Fact]
    public async Task It_answers_programs_in_csv_and_json()
    {
        await using var panel = await SoldAsync(("Panel:TimeZone", "Pacific/Pago_Pago"));
        await panel.VerbAsync("service", "edit", "1", "--name", "=HYPERLINK(\"x\", 1)");

        Assert.Equal(
            """
            service,name,orders,earnings,cost,margin,refunds
            1,"'=HYPERLINK(""x"", 1)",2,0.27000,0.00000,0.09000,0.18000
            """.ReplaceLineEndings(),
            await panel.VerbAsync("report", "service", "--csv"));
        Assert.Equal(
            """{"by":"provider","from":"2025-12-31","to":"2025-12-31","time_zone":"Pacific/Pago_Pago","currency":"USD","rows":[{"provider":"-","orders":1,"earnings":"0.09000","cost":"0.00000","margin":"0.09000","refunds":"0.00000"}],"total":{"orders":1,"earnings":"0.09000","cost":"0.00000","margin":"0.09000","refunds":"0.00000"}}""",
            await panel.VerbAsync("report", "provider", "--from", "2025-12-31", "--to", "2025-12-31", "--json"));
    }

    [Theory]
    [InlineData("--from 2026-02-01 --to 2026-01-31", "--from 2026-02-01 is after --to 2026-01-31.")]
    [InlineData("--from yesterday", "--from is a day such as 2026-01-31, not 'yesterday'.")]
    [InlineData("--csv --json", "--csv and --json are two answers: one of the two.")]
    public async Task Wrong_use_is_told_in_a_line(string options, string why)
    {
        await using var panel = TestPanel.Sandbox();

        var (exit, output, error) = await panel.TryVerbAsync(["report", "day", .. options.Split(' ')]);

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_of_days_is_made_again_by_a_verb()
    {
        await using var panel = await SoldAsync();
        panel.Tamper("UPDATE panel SET days_zone = 'UTC'; INSERT INTO daily_totals VALUES (20454, 1, 1, 0, 1, 5, 0, 0)");
        Assert.Contains("table of days, 2026-01-01", (await panel.TryVerbAsync("verify")).Output, StringComparison.Ordinal);

        Assert.Equal("the table of days is made again, up to order 23502", await panel.VerbAsync("report", "rebuild"));

        Assert.Equal("the books are right", await panel.VerbAsync("verify"));
    }
}
