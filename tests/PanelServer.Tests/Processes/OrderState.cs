using System.Text.Json.Nodes;

namespace PanelServer.Tests.Processes;

/// <summary>The five strings of one order's state.</summary>
internal sealed record OrderState(long Charge, string StartCount, string Status, string Remains)
{
    public static OrderState Read(JsonNode? node)
    {
        var state = Assert.IsType<JsonObject>(node);
        Assert.True(state["error"] is null, state.ToJsonString());
        Assert.Equal("USD", (string?)state["currency"]);
        return new OrderState(
            Units.Read((string?)state["charge"]),
            Assert.IsType<string>((string?)state["start_count"]),
            Assert.IsType<string>((string?)state["status"]),
            Assert.IsType<string>((string?)state["remains"]));
    }
}
