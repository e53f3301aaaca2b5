using System.Globalization;

namespace PanelServer.Bench;

/// <summary>What the command line of the bench says; every figure a run depends on is here.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        "usage: http      [--orders N] [--rows TEXT] and what follows\n" +
        "       growth    [--sizes N,N,…] and what follows\n" +
        "       providers [--open N,N,…] and what follows\n" +
        "                 [--seconds N] [--connections N] [--pairs N] [--services N] [--generator wrk|own]\n" +
        "                 [--server FILE] [--data DIR] [--keep] [--json FILE] [--smoke]\n" +
        "       micro     [--json FILE] [--smoke]\n" +
        "       floor";

    /// <summary>Seconds of load per round; a row is <see cref="Pairs"/> rounds of the floor and of the call, in turn.</summary>
    public double Seconds { get; init; } = 5;
    public int Connections { get; init; } = 64;
    public int Pairs { get; init; } = 3;

    /// <summary>How often a program is started where that is what is measured.</summary>
    public int Starts { get; init; } = 5;

    public int Orders { get; init; } = 10_000;
    public int Services { get; init; } = 5_000;

    /// <summary>Orders in the panel at each of which <c>growth</c> measures, the fewest first.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [10_000, 1_000_000, 10_000_000];

    /// <summary>Open orders at each of which <c>providers</c> measures, the fewest first.</summary>
    public IReadOnlyList<int> Open { get; init; } = [5_000, 100_000];

    /// <summary>Only rows whose name contains this.</summary>
    public string Rows { get; init; } = "";
    public string? Generator { get; init; }

    /// <summary>The program to measure; by default it is published first, as an operator would.</summary>
    public string? Server { get; init; }

    /// <summary>Where the fresh data folder is made; by default below the repository's artifacts.</summary>
    public string? Data { get; init; }
    public bool Keep { get; init; }
    public string? Json { get; init; }
    public bool Smoke { get; init; }

    public static bool TryParse(IReadOnlyList<string> args, out BenchOptions options, out string problem)
    {
        options = new BenchOptions();
        problem = "";
        for (int i = 0; i < args.Count; i++)
        {
            string name = args[i];
            if (name is "--smoke")
            {
                // Every row for a moment: shows that the bench works, measures nothing. The own generator can stop
                // after a fraction of a second, wrk cannot.
                options = options with
                {
                    Smoke = true,
                    Seconds = 0.3,
                    Pairs = 1,
                    Starts = 1,
                    Orders = 300,
                    Sizes = [300, 1_000],
                    Open = [250, 400],
                    Services = 500,
                    Generator = options.Generator ?? "own",
                };
                continue;
            }
            if (name is "--keep")
            {
                options = options with { Keep = true };
                continue;
            }
            if (i + 1 == args.Count)
            {
                problem = $"{name}: unknown, or its value is missing\n{Usage}";
                return false;
            }
            string value = args[++i];
            BenchOptions? next = name switch
            {
                "--seconds" when Number(value) is { } n => options with { Seconds = n },
                "--connections" when Whole(value) is { } n => options with { Connections = n },
                "--pairs" when Whole(value) is { } n => options with { Pairs = n },
                "--orders" when Whole(value) is { } n and >= 100 => options with { Orders = n },
                "--sizes" when Wholes(value) is { } n => options with { Sizes = n },
                "--open" when Wholes(value) is { } n => options with { Open = n },
                "--services" when Whole(value) is { } n => options with { Services = n },
                "--rows" => options with { Rows = value },
                "--generator" when value is "wrk" or "own" => options with { Generator = value },
                "--server" => options with { Server = value },
                "--data" => options with { Data = value },
                "--json" => options with { Json = value },
                _ => null,
            };
            if (next is null)
            {
                problem = $"{name} {value}: not understood\n{Usage}";
                return false;
            }
            options = next;
        }
        return true;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) && n > 0
            ? n
            : null;

    /// <summary>Each larger than the one before, and enough for a batch of ids.</summary>
    private static int[]? Wholes(string text)
    {
        int?[] sizes = [.. text.Split(',').Select(Whole)];
        return sizes.All(size => size >= Forms.IdsPerBatch) && sizes.Order().SequenceEqual(sizes)
            ? [.. sizes.Select(size => size!.Value)]
            : null;
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : null;
}
