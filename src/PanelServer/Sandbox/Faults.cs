using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Faults;

namespace PanelServer.Sandbox;

/// <summary>
/// The faults that wait for a call. They are rows, counted down before they act; what is in memory is only which actions
/// they wait for, so that a call costs nothing while there are none.
/// </summary>
internal sealed class Faults(WriteQueue writes, PanelDatabase database)
{
    /// <summary>Faults that may wait.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>Calls that one fault may spoil.</summary>
    public const int MaxTimes = 1_000_000;

    private volatile Waiting? _waiting;
    private int _generation;

    /// <summary>Adds a fault behind those that wait.</summary>
    /// <param name="action">The action's own name; null for any.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">How many calls it spoils, 1 to <see cref="MaxTimes"/>.</param>
    public async Task<Result<FaultRow>> AddAsync(ActorContext actor, string? action, Fault fault, int times)
    {
        var added = await writes.RunAsync<Result<FaultRow>>(actor, unit =>
        {
            if (unit.Db.Faults.Count() >= MaxWaiting)
            {
                return new Refusal("too_many_faults", MaxWaiting);
            }

            var row = new FaultRow { Action = action, Kind = fault.ToString(), Times = times };
            unit.Db.Faults.Add(row);
            unit.Save();
            return row;
        });
        Forget();
        return added;
    }

    /// <summary>Removes all.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ClearAsync(ActorContext actor)
    {
        var removed = await writes.RunAsync(actor, unit => unit.Db.Faults.ExecuteDelete());
        Forget();
        return removed;
    }

    /// <summary>The fault that a call of this action meets, the oldest first; null when none waits for it.</summary>
    public async ValueTask<Fault?> NextAsync(string action)
    {
        if (!Get().Includes(action))
        {
            return null;
        }

        var fault = await writes.RunAsync(ActorContext.System, unit => Take(unit, action));
        Forget();
        return fault;
    }

    /// <summary>To be called when the rows have changed.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    private static Fault? Take(UnitOfWork unit, string action)
    {
        var oldest = unit.Db.Faults
            .Where(row => row.Action == null || row.Action == action)
            .OrderBy(row => row.Id)
            .FirstOrDefault();
        if (oldest is null)
        {
            return null;
        }

        if (oldest.Times > 1)
        {
            unit.Db.Faults.Where(row => row.Id == oldest.Id).ExecuteUpdate(row => row.SetProperty(f => f.Times, oldest.Times - 1));
        }
        else
        {
            unit.Db.Faults.Where(row => row.Id == oldest.Id).ExecuteDelete();
        }

        return Fault.TryParse(oldest.Kind, out var fault)
            ? fault
            : throw new InvalidOperationException($"only faults are kept, not {oldest.Kind}");
    }

    private Waiting Get()
    {
        // Read before the database is: what was read during a change bears the older number and is discarded.
        var generation = Volatile.Read(ref _generation);
        if (_waiting is { } waiting && waiting.Generation == generation)
        {
            return waiting;
        }

        using var db = database.OpenReadingDb();
        return _waiting = new(generation, [.. db.Faults.Select(row => row.Action).Distinct()]);
    }

    private sealed record Waiting(int Generation, IReadOnlyList<string?> Actions)
    {
        public bool Includes(string action) => Actions.Count > 0 && (Actions.Contains(null) || Actions.Contains(action));
    }
}
