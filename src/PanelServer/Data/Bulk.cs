using PanelServer.Domain;

namespace PanelServer.Data;

/// <summary>
/// The same change to many things. It is cut into units so small that nobody else waits long, and each thing is changed
/// or refused by itself. A preview runs the very same code, and each unit is taken back.
/// </summary>
internal sealed class Bulk(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Things that may be named at once.</summary>
    public const int MaxIds = 10_000;

    /// <summary>Things of one unit.</summary>
    public const int UnitIds = 500;

    /// <summary>Makes a change, or shows what it would do.</summary>
    /// <param name="ids">What is changed.</param>
    /// <param name="change">The change to one of them, inside a unit, at an instant in unix milliseconds.</param>
    /// <param name="isPreview">Whether everything is taken back. Each unit is previewed by itself, on the books as they are.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>What became of each, in the order named.</returns>
    /// <exception cref="WritesUnavailableException">Nothing was changed. Later on, what was not reached is refused instead.</exception>
    public async Task<IReadOnlyList<Result<T>>> RunAsync<T>(
        ActorContext actor,
        IReadOnlyList<int> ids,
        Func<UnitOfWork, int, long, Result<T>> change,
        bool isPreview,
        IProgress<double> progress)
        where T : notnull
    {
        var done = new List<Result<T>>(ids.Count);
        foreach (var part in ids.Chunk(UnitIds))
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            List<Result<T>> Change(UnitOfWork unit) => [.. part.Select(id => change(unit, id, now))];
            try
            {
                done.AddRange(isPreview ? await writes.PreviewAsync(actor, Change) : await writes.RunAsync(actor, Change));
            }
            catch (WritesUnavailableException error) when (done.Count > 0)
            {
                done.AddRange(ids.Skip(done.Count).Select(id => (Result<T>)NotReached(id, error)).ToList());
                break;
            }

            progress.Report((double)done.Count / ids.Count);
        }

        return done;
    }

    private static Refusal NotReached(int id, WritesUnavailableException error) => new("unavailable.not_reached", id, error.Message);
}
