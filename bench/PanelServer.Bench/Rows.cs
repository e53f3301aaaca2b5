namespace PanelServer.Bench;

/// <summary>One line of the table: what is asked, how a success looks, and which share of the floor is the goal.</summary>
internal sealed record Row(
    string Name, double Goal, int Connections, IReadOnlyList<string> Bodies, Func<Answer, string?> Problem)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [Caller.Form];

    /// <summary>Each answer stands for an order, so the ids tell how many were made.</summary>
    public bool PlacesOrders { get; init; }

    /// <summary>The most that p99 may be of the floor's, where that is a goal.</summary>
    public double? P99Goal { get; init; }

    /// <summary>The share of the in-process rate at as many orders per commit as there are connections, where that is a goal.</summary>
    public double? CommitGoal { get; init; }

    public static async Task<IReadOnlyList<Row>> AllAsync(
        BenchOptions options, Panel panel, IReadOnlyList<long> orders, Caller caller)
    {
        int connections = options.Connections;
        string[] services = [panel.Form("services")];
        (string, string) brotli = ("Accept-Encoding", "br");
        Answer catalogue = await caller.PostAsync(services[0], [Caller.Form, brotli]);
        string[] add = Forms.Add(panel, 10_000);
        Row[] all =
        [
            new("balance", 0.77, connections, [panel.Form("balance")], Checks.Balance),
            new("status, one", 0.80, connections, Forms.Status(panel, orders), Checks.State),
            new("status, 100 ids", 0.20, connections, Forms.Statuses(panel, Forms.Batches(orders, 2_000)), Checks.States(100)),
            new("services, br", 0.60, connections, services, Checks.CompressedServices(options.Services))
            {
                Headers = [Caller.Form, brotli],
            },
            new("services, 304", 0.95, connections, services, Checks.NotModified)
            {
                Headers = [Caller.Form, brotli, ("If-None-Match", catalogue.ETag ?? "\"the server sent no ETag\"")],
            },
            new($"add, {connections} connections", 0.40, connections, add, Checks.Add)
            {
                PlacesOrders = true,
                P99Goal = 4,
                CommitGoal = 0.35,
            },
            new($"add, {connections * 4} connections", 0.50, connections * 4, add, Checks.Add)
            {
                PlacesOrders = true,
                CommitGoal = 0.50,
            },
        ];
        return [.. all.Where(row => row.Name.Contains(options.Rows, StringComparison.OrdinalIgnoreCase))];
    }
}
