using PanelServer.Domain;

namespace PanelServer.ResellerApi.Actions;

/// <summary>The ids of a call that asks for many, and how each is answered (docs/contract.md, "Batches").</summary>
internal sealed class Batch
{
    private readonly IReadOnlyList<AskedId> _ids;
    private readonly Refusal _missing;

    private Batch(IReadOnlyList<AskedId> ids, Refusal missing)
    {
        _ids = ids;
        _missing = missing;
    }

    /// <summary>The ids that can be looked up, in order.</summary>
    public IReadOnlyList<int> Known
    {
        get
        {
            var known = new List<int>(_ids.Count);
            foreach (var asked in _ids)
            {
                if (asked.Known is { } id)
                {
                    known.Add(id);
                }
            }

            return known;
        }
    }

    /// <summary>Reads a list of ids.</summary>
    /// <param name="ids">The text that lists them.</param>
    /// <param name="missing">What an id that is not there is answered, and a list without any.</param>
    public static Result<Batch> Read(string? ids, Refusal missing) => IdList.Read(ids) switch
    {
        null => Refusal.TooManyIds,
        { Count: 0 } => missing,
        { } asked => new Batch(asked, missing),
    };

    /// <summary>One outcome for each id asked, in order.</summary>
    public IReadOnlyList<BatchItem<T>> Outcomes<T>(Func<int, Result<T>> outcome)
        where T : notnull
    {
        var outcomes = new BatchItem<T>[_ids.Count];
        for (var at = 0; at < outcomes.Length; at++)
        {
            var id = _ids[at];
            outcomes[at] = new(id, id.IsOver ? Refusal.TooManyIds : id.Known is { } known ? outcome(known) : _missing);
        }

        return outcomes;
    }

    /// <summary>The same where the outcomes of the known ids lie in a list, in their order.</summary>
    public IReadOnlyList<BatchItem<T>> Outcomes<T>(IReadOnlyList<Result<T>> outcomes)
        where T : notnull
    {
        var next = 0;
        return Outcomes(_ => outcomes[next++]);
    }
}
