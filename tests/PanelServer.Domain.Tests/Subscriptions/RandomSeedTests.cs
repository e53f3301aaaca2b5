using FsCheck.Fluent;
using PanelServer.Domain.Subscriptions;

namespace PanelServer.Domain.Tests.Subscriptions;

public sealed class RandomSeedTests
{
    [Fact]
    public void A_seed_draws_the_same_numbers_for_ever()
    {
        var seed = new RandomSeed(1);
        var drawn = new List<int>();
        for (var at = 0; at < 6; at++)
        {
            (var number, seed) = seed.Draw(100, 200);
            drawn.Add(number);
        }

        // What people's tests have seen once they see again.
        Assert.Equal([115, 135, 159, 175, 188, 187], drawn);
    }

    [Fact]
    public void A_number_is_within_its_bounds() => Properties.Hold(
        from state in Cases.UpTo(long.MaxValue)
        from one in Cases.UpTo(int.MaxValue)
        from other in Cases.UpTo(int.MaxValue)
        select (Seed: new RandomSeed(-state), Least: (int)Math.Min(one, other), Most: (int)Math.Max(one, other)),
        asked => Assert.InRange(asked.Seed.Draw(asked.Least, asked.Most).Number, asked.Least, asked.Most));

    [Fact]
    public void Every_number_comes_up()
    {
        var seed = new RandomSeed(7);
        var drawn = new HashSet<int>();
        for (var at = 0; at < 1_000; at++)
        {
            (var number, seed) = seed.Draw(1, 20);
            drawn.Add(number);
        }

        Assert.Equal(Enumerable.Range(1, 20), drawn.Order());
    }

    [Fact]
    public void Bounds_the_wrong_way_round_are_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSeed(1).Draw(2, 1));
}
