namespace PanelServer.Data;

/// <summary>A unit of work that waits in the <see cref="WriteQueue"/>.</summary>
internal abstract class QueuedUnit(ActorContext actor, UnitMode mode)
{
    /// <summary>How it shares a transaction with others.</summary>
    public UnitMode Mode => mode;

    /// <summary>Who acts.</summary>
    public ActorContext Actor => actor;

    /// <summary>Runs it; the outcome is kept until the transaction has ended.</summary>
    public abstract void Run(UnitOfWork unit);

    /// <summary>Answers its caller with the outcome.</summary>
    public abstract void Complete();

    /// <summary>Answers its caller with an error: nothing of the unit was written.</summary>
    public abstract void Fail(Exception error);
}

/// <summary>A unit with an outcome.</summary>
internal sealed class QueuedUnit<T>(ActorContext actor, Func<UnitOfWork, T> work, UnitMode mode) : QueuedUnit(actor, mode)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _outcome;

    /// <summary>Ends when the unit's transaction is on disk, or was rolled back.</summary>
    public Task<T> Task => _answer.Task;

    public override void Run(UnitOfWork unit) => _outcome = work(unit);

    public override void Complete() => _answer.SetResult(_outcome!);

    public override void Fail(Exception error) => _answer.SetException(error);
}
