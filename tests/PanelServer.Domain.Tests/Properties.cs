using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace PanelServer.Domain.Tests;

/// <summary>
/// Checks that something holds for many made-up cases. A failure prints the case and the random numbers it came from,
/// as in <c>(123,457)</c>; given as <c>replay</c> they bring the same cases back.
/// </summary>
internal static class Properties
{
    private const int Tries = 500;

    /// <summary>The property holds for every case.</summary>
    public static void Hold<T>(Gen<T> cases, Func<T, bool> property, (ulong Seed, ulong Gamma)? replay = null) =>
        Check(Prop.ForAll(cases.ToArbitrary(), property), replay);

    /// <summary>The assertions pass for every case.</summary>
    public static void Hold<T>(Gen<T> cases, Action<T> assertions, (ulong Seed, ulong Gamma)? replay = null) =>
        Check(Prop.ForAll(cases.ToArbitrary(), assertions), replay);

    private static void Check(Property property, (ulong Seed, ulong Gamma)? replay)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Tries).WithQuietOnSuccess(true);
        property.Check(replay is var (seed, gamma)
            ? config.WithReplay(FSharpOption<Replay>.Some(new(new Rnd(seed, gamma), FSharpOption<int>.None)))
            : config);
    }
}
