using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace PanelServer.TestCases;

/// <summary>
/// Checks that something holds for many made-up cases. A failure prints the case and the random numbers it came from,
/// as in <c>(123,457)</c>; given as <c>replay</c> they bring the same cases back.
/// </summary>
internal static class Properties
{
    private const int Tries = 500;

    /// <summary>The property holds for every case.</summary>
    public static void Hold<T>(Gen<T> cases, Func<T, bool> property, (ulong Seed, ulong Gamma)? replay = null) =>
        Hold(Prop.ForAll(cases.ToArbitrary(), property), Tries, replay);

    /// <summary>The assertions pass for every case.</summary>
    public static void Hold<T>(Gen<T> cases, Action<T> assertions, (ulong Seed, ulong Gamma)? replay = null) =>
        Hold(Prop.ForAll(cases.ToArbitrary(), assertions), Tries, replay);

    /// <summary>The property holds for a number of cases, which are drawn from <see cref="TestSeed"/>.</summary>
    public static void Hold(Property property, int tries, (ulong Seed, ulong Gamma)? replay = null)
    {
        // The second number of a generator must be odd.
        var (seed, gamma) = replay ?? (TestSeed.Value, (TestSeed.Value << 1) | 1);
        property.Check(Config.QuickThrowOnFailure
            .WithMaxTest(tries)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new(new Rnd(seed, gamma), FSharpOption<int>.None))));
    }
}
