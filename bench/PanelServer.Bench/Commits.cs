using System.Globalization;

namespace PanelServer.Bench;

/// <summary>
/// The floor below <c>add</c>: durable orders made in process, many to a commit. Each round works on a fresh copy of a panel
/// that nobody has ordered from, on the same disk, and <c>verify</c> proves what it wrote.
/// </summary>
internal sealed class Commits(string folder, Panel panel)
{
    /// <summary>Keeps the panel as it is now; nothing may be running on it.</summary>
    public static async Task<Commits> PrepareAsync(Workplace place, Panel panel)
    {
        string folder = Directory.CreateDirectory(Path.Combine(place.Folder, "commits")).FullName;
        string fresh = Path.Combine(folder, "fresh");
        await Child.RunAsync(place.Server, ["backup", fresh, "--data", panel.Folder]);
        return new Commits(folder, panel);
    }

    /// <summary>One round.</summary>
    /// <returns>Orders per second, and what is wrong with them: empty when nothing is.</returns>
    public async Task<(double PerSecond, string Problem)> RunAsync(int perCommit, double seconds)
    {
        string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        Panel copy = panel with { Folder = data };
        File.Copy(Path.Combine(folder, "fresh"), copy.DatabaseFile);
        string output = await Child.RunAsync(Programs.Inside,
        [
            "commits",
            copy.DatabaseFile,
            perCommit.ToString(CultureInfo.InvariantCulture),
            seconds.ToString(CultureInfo.InvariantCulture),
        ]);
        Verified verified = await copy.VerifyAsync();
        Directory.Delete(data, recursive: true);
        double[] figures = [.. output.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
        return (figures[0] / figures[1], verified.Findings);
    }
}
