using PanelServer.Bench;

if (args is ["floor"])
{
    return await FloorEndpoint.RunAsync();
}
if (args is not ["http" or "growth" or "providers" or "micro", ..])
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}
if (!BenchOptions.TryParse(args[1..], out BenchOptions options, out string problem))
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}
return args[0] switch
{
    "http" => await Workplace.RunAsync(options, HttpBench.MeasureAsync),
    "growth" => await Workplace.RunAsync(options, GrowthBench.MeasureAsync),
    "providers" => await Workplace.RunAsync(options, ProvidersBench.MeasureAsync),
    _ => await Child.PassOnAsync(Programs.Inside, ["micro", .. options.Smoke ? ["--smoke"] : Array.Empty<string>(),
        .. options.Json is { } json ? ["--json", json] : Array.Empty<string>()]),
};
