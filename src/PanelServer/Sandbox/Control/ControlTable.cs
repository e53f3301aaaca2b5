namespace PanelServer.Sandbox.Control;

/// <summary>Every control call of a sandbox in one table.</summary>
internal sealed class ControlTable(
    OverviewControl overview,
    ClockControl clock,
    OrderControl orders,
    RefillControl refills,
    CancelControl cancels,
    PostControl posts,
    ResellerControl resellers,
    FaultControl faults,
    WorldControl worlds)
{
    public IReadOnlyList<ControlCall> Calls { get; } =
    [
        new("GET", "/sandbox", overview.ShowAsync),
        new("GET", "/sandbox/verify", overview.VerifyAsync),
        new("POST", "/sandbox/clock", clock.MoveAsync),
        new("PUT", "/sandbox/orders/*", orders.PlayAsync),
        new("PUT", "/sandbox/refills/*", refills.PlayAsync),
        new("PUT", "/sandbox/cancels/*", cancels.AnswerAsync),
        new("POST", "/sandbox/subscriptions/*/posts", posts.AppearAsync),
        new("PUT", "/sandbox/resellers/*", resellers.SetAsync),
        new("POST", "/sandbox/faults", faults.AddAsync),
        new("DELETE", "/sandbox/faults", faults.ClearAsync),
        new("POST", "/sandbox/snapshot", worlds.KeepAsync),
        new("POST", "/sandbox/restore", worlds.RestoreAsync),
        new("POST", "/sandbox/reset", worlds.ResetAsync),
    ];
}
