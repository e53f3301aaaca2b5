namespace PanelServer.Domain.Lifecycles;

/// <summary>One line of a lifecycle's table.</summary>
/// <param name="From">The state it leaves.</param>
/// <param name="To">The state it reaches.</param>
/// <param name="Money">What it does with the reseller's money.</param>
/// <param name="By">Who may make it.</param>
public sealed record LifecycleMove<TState>(TState From, TState To, MoneyEffect Money, IReadOnlyList<Actor> By)
    where TState : struct, Enum;

/// <summary>Every move that one kind of thing may make, as data. A move that is not in the table does not exist.</summary>
/// <param name="moves">The table.</param>
public sealed class Lifecycle<TState>(IReadOnlyList<LifecycleMove<TState>> moves)
    where TState : struct, Enum
{
    /// <summary>The table itself.</summary>
    public IReadOnlyList<LifecycleMove<TState>> Moves => moves;

    /// <summary>Whether this actor may make this move. Corrections are asked for by <see cref="AllowsCorrection"/>.</summary>
    public bool Allows(TState from, TState to, Actor actor) =>
        moves.Any(move => Is(move, from, to) && move.Money != MoneyEffect.Corrects && move.By.Contains(actor));

    /// <summary>Whether an operator, giving a reason, may put this end in the place of that one.</summary>
    public bool AllowsCorrection(TState from, TState to) =>
        moves.Any(move => Is(move, from, to) && move.Money == MoneyEffect.Corrects);

    /// <summary>The states that can be reached from one, corrections aside.</summary>
    public IReadOnlyList<TState> MovesFrom(TState state) =>
        [.. moves.Where(move => Same(move.From, state) && move.Money != MoneyEffect.Corrects).Select(move => move.To)];

    /// <summary>No further move: the money is settled, and only a correction changes it.</summary>
    public bool IsFinal(TState state) => MovesFrom(state).Count == 0;

    private static bool Is(LifecycleMove<TState> move, TState from, TState to) => Same(move.From, from) && Same(move.To, to);

    private static bool Same(TState one, TState other) => EqualityComparer<TState>.Default.Equals(one, other);
}
