using System.Globalization;

namespace PanelServer.TestCases;

/// <summary>
/// Where the random numbers of the tests come from. They are the same in every run, so that a change is judged by its own
/// faults; <c>TEST_SEED=new</c> draws others, and <c>TEST_SEED=123</c> plays those of a run that printed 123.
/// </summary>
internal static class TestSeed
{
    private const ulong Fixed = 20_260_101;

#pragma warning disable RS0030 // A switch for the person who runs the tests: there are no options to read it through.
    public static ulong Value { get; } = Environment.GetEnvironmentVariable("TEST_SEED") switch
    {
        null or "" => Fixed,
        "new" => (ulong)Environment.TickCount64,
        var text => ulong.Parse(text, CultureInfo.InvariantCulture),
    };
#pragma warning restore RS0030
}
