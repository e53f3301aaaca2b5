using PanelServer.Bench;

switch (args)
{
    case ["floor"]:
        return await FloorEndpoint.RunAsync();
    case ["http", .. var rest] when BenchOptions.TryParse(rest, out BenchOptions options, out string problem):
        return await HttpBench.RunAsync(options);
    case ["http", .. var rest] when !BenchOptions.TryParse(rest, out _, out string problem):
        await Console.Error.WriteLineAsync(problem);
        return 2;
    default:
        await Console.Error.WriteLineAsync(BenchOptions.Usage);
        return 2;
}
