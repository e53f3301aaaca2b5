using PanelServer.Sandbox;
using PanelServer.Sandbox.Control;

namespace PanelServer.Hosting;

/// <summary>Puts a sandbox's control calls together: the whole door in one table.</summary>
internal static class SandboxDoor
{
    /// <summary>The door of a panel; null when it is no sandbox.</summary>
    public static ControlEndpoint? Of(Panel panel, ILoggerFactory logs)
    {
        if (panel.Clock is not SandboxClock clock)
        {
            return null;
        }

        var overview = new OverviewControl(panel.Database);
        return new(
            [
                new("GET", "/sandbox", overview.ShowAsync),
                new("GET", "/sandbox/verify", overview.VerifyAsync),
                new("POST", "/sandbox/clock", new ClockControl(new(panel.Writes, panel.Jobs, clock), clock).MoveAsync),
                new("PUT", "/sandbox/orders/*", new OrderControl(panel.Writes, clock).PlayAsync),
                new("PUT", "/sandbox/refills/*", new RefillControl(panel.Writes, clock).PlayAsync),
                new("PUT", "/sandbox/cancels/*", new CancelControl(panel.Writes, clock).AnswerAsync),
                new("POST", "/sandbox/subscriptions/*/posts", new PostControl(panel.AppearPosts).AppearAsync),
                new("PUT", "/sandbox/resellers/*", new ResellerControl(panel.Writes, clock).SetAsync),
            ],
            logs.CreateLogger<ControlEndpoint>());
    }
}
