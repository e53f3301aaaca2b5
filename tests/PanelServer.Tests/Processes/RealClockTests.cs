using System.Text.Json.Nodes;

namespace PanelServer.Tests.Processes;

/// <summary>A sandbox whose clock goes by itself, to be tried as somebody's provider.</summary>
[Trait("Category", "Process")]
public sealed class RealClockTests
{
    [Fact]
    public async Task A_sandboxs_clock_goes_by_itself_when_told_and_stands_when_not()
    {
        using var going = new PanelFolder { Sandbox = true };
        await using var server = await PanelProcess.StartAsync(
            ["serve", "--sandbox", "--clock", "real", "--urls", "http://127.0.0.1:0", "--data", going.Data], []);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        var first = await ClockAsync(client);
        var later = first;
        for (var look = 0; look < 600 && later == first; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            later = await ClockAsync(client);
        }

        Assert.True(later > first, $"it stands at {first}");
        Assert.True(later < first.AddHours(1), $"it has jumped from {first} to {later}");
        Assert.Contains("[]", await client.GetStringAsync("/sandbox/verify"), StringComparison.Ordinal);

        // Control calls move it on all the same.
        using var moved = await client.PostAsync("/sandbox/clock", new StringContent("""{"advance":"01:00:00"}"""));
        Assert.True(moved.IsSuccessStatusCode);
        Assert.True(await ClockAsync(client) >= later.AddHours(1));
    }

    [Theory]
    [InlineData("serve --clock real")]
    [InlineData("serve --sandbox --clock fast")]
    public async Task A_clock_is_a_sandboxs_and_one_of_two(string verb)
    {
        using var folder = new PanelFolder();
        (await folder.RunAsync(verb.Split(' '))).WrongUsage();
        Assert.False(Directory.Exists(folder.Data));
    }

    private static async Task<DateTimeOffset> ClockAsync(HttpClient client) =>
        DateTimeOffset.Parse((string)JsonNode.Parse(await client.GetStringAsync("/sandbox"))!["clock"]!, System.Globalization.CultureInfo.InvariantCulture);
}
