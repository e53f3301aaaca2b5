using PanelServer.Testing;

namespace PanelServer.Tests.Testing;

/// <summary>Panels in memory, as other people's tests hold them.</summary>
public sealed class SandboxPanelTests
{
    private const int SideBySide = 16;

    [Fact]
    public async Task Panels_side_by_side_are_worlds_of_their_own()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(async _ =>
        {
            await using var panel = await SandboxPanel.StartAsync();
            using var client = panel.CreateClient();
            return await OrderAsync(client);
        }));

        Assert.All(answers, answer => Assert.Equal("""{"order":23501}""", answer));
    }

    [Fact]
    public async Task A_panel_leaves_nothing_behind()
    {
        string folder;
        await using (var panel = await SandboxPanel.StartAsync())
        {
            folder = panel.Folder;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task All_clients_of_a_panel_see_the_same_world()
    {
        await using var panel = await SandboxPanel.StartAsync();
        using var first = panel.CreateClient();
        using var second = new HttpClient(panel.CreateHandler());

        await OrderAsync(first);
        var status = await second.GetStringAsync(
            new Uri(panel.BaseAddress, $"/api/v2?key={SandboxKeys.Demo}&action=status&order=23501"));

        Assert.Equal(
            """{"charge":"0.09000","start_count":"0","status":"Pending","remains":"100","currency":"USD"}""", status);
    }

    private static async Task<string> OrderAsync(HttpClient client)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["key"] = SandboxKeys.Demo,
            ["action"] = "add",
            ["service"] = "1",
            ["link"] = "https://example.com/p/1",
            ["quantity"] = "100",
        });
        using var answer = await client.PostAsync("/api/v2", form);
        return await answer.Content.ReadAsStringAsync();
    }
}
