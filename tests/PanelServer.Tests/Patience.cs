using System.Globalization;

namespace PanelServer.Tests;

/// <summary>
/// How long tests wait for what must come. A limit only turns a hang into a failure and measures nothing; a machine that is
/// slower still sets <c>TEST_PATIENCE</c> to a factor, such as 5, and every limit grows by it.
/// </summary>
internal static class Patience
{
#pragma warning disable RS0030 // A switch for the person who runs the tests: there are no options to read it through.
    private static readonly double Factor = double.Parse(
        Environment.GetEnvironmentVariable("TEST_PATIENCE") ?? "1", NumberStyles.Float, CultureInfo.InvariantCulture);
#pragma warning restore RS0030

    /// <summary>For one answer, or a start or an end of the program.</summary>
    public static TimeSpan Long => Seconds(60);

    /// <summary>For what a whole example or campaign does.</summary>
    public static TimeSpan Longest => Seconds(300);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * Factor);

    /// <summary>
    /// Waits for what a panel does in its own time, such as a job of the next second: by the clock, never by a number of
    /// looks, which a fast machine uses up before the second is over.
    /// </summary>
    /// <param name="what">What is waited for, for the failure.</param>
    /// <param name="holds">Whether it has come.</param>
    /// <param name="between">Done between two looks; null for nothing.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds, Func<Task>? between = null)
    {
        using var limit = new CancellationTokenSource(Long);
        while (!await holds())
        {
            Assert.False(limit.IsCancellationRequested, $"not within {Long}: {what}");
            await (between?.Invoke() ?? Task.CompletedTask);
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}}, Func{Task})"/>
    public static Task UntilAsync(string what, Func<bool> holds, Func<Task>? between = null) =>
        UntilAsync(what, () => Task.FromResult(holds()), between);
}
