namespace PanelServer.Testing;

/// <summary>Plays the provider for single orders. An order that was touched here no longer plays by itself.</summary>
public sealed class SandboxOrders
{
    private readonly ControlDoor _control;

    internal SandboxOrders(ControlDoor control) => _control = control;

    /// <summary>Moves an order to a state, and pays back what that state gives back.</summary>
    /// <exception cref="SandboxException">
    /// There is no such order, it cannot get there from its state, or the remains are not within 0 and its quantity.
    /// </exception>
    /// <param name="order">The order's number.</param>
    /// <param name="status"><c>Processing</c>, <c>In progress</c>, <c>Completed</c>, <c>Partial</c> or <c>Canceled</c>.</param>
    /// <param name="startCount">The public counter when delivery began; null leaves it.</param>
    /// <param name="remains">What is undelivered; null leaves it.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task SetAsync(
        int order, string status, long? startCount = null, long? remains = null, CancellationToken cancel = default)
    {
        var state = new System.Text.Json.Nodes.JsonObject { ["status"] = status };
        if (startCount is not null)
        {
            state["start_count"] = startCount;
        }

        if (remains is not null)
        {
            state["remains"] = remains;
        }

        return _control.TellAsync(HttpMethod.Put, $"orders/{order}", state, cancel);
    }
}
