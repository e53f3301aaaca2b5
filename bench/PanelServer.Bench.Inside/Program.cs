using System.Globalization;
using PanelServer.Bench.Inside;

// What the bench measures with the server's own code linked in. PanelServer.Bench starts it; its floor must stay without.
switch (args)
{
    case ["commits", var file, var perCommit, var seconds]:
        Commits.Run(
            file,
            int.Parse(perCommit, CultureInfo.InvariantCulture),
            double.Parse(seconds, CultureInfo.InvariantCulture));
        return 0;
    case ["ef", var file]:
        return await EfEndpoint.RunAsync(file);
    case ["micro", .. var rest]:
        return await Micro.RunAsync(rest);
    default:
        await Console.Error.WriteLineAsync("started by PanelServer.Bench: commits | ef | micro");
        return 2;
}
