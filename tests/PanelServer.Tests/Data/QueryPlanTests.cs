using PanelServer.Data.Engines.Sqlite;

namespace PanelServer.Tests.Data;

/// <summary>What is read of a provider's due rows is read in the order of their index, however many there are.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plan-test-").FullName;

    public static TheoryData<string> Statements => [ScheduledWorkReads.DueOfProviderSql, ScheduledWorkReads.PollsSql, ScheduledWorkStatements.MakeDueNowSql];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_providers_due_rows_are_found_by_their_index_and_never_sorted(string sql)
    {
        using var connection = new PanelDatabase(Path.Combine(_folder, "panel.db")).OpenWriter(maxPages: 0);
        SchemaUpgrade.Run(connection);
        using var statement = new Statement(connection, $"EXPLAIN QUERY PLAN {sql}");

        var plan = StepsOf(statement);

        Assert.Contains(plan, step => step.Contains("INDEX due_of_provider (provider_id=? AND kind=? AND at", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal) || step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static List<string> StepsOf(Statement plan)
    {
        const int DetailColumn = 3;
        var steps = new List<string>();
        while (plan.Step())
        {
            steps.Add(plan.Text(DetailColumn));
        }

        return steps;
    }
}
