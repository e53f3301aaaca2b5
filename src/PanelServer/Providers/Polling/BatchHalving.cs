using PanelServer.Data;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Polling;

/// <summary>
/// Asks about many at once. A call that is not understood is made again by halves, at last about each alone: one id that
/// the provider does not know may have spoiled it, or the number of ids in a call is limited.
/// </summary>
/// <param name="ask">Makes one call.</param>
/// <param name="isAnswer">Whether the provider tells of one how it stands, and does not only complain.</param>
/// <param name="hear">Applies the result of a call about these.</param>
internal sealed class BatchHalving<T>(
    Func<IReadOnlyList<PollDue>, Task<QueryResult<IReadOnlyDictionary<string, T>>>> ask,
    Func<T, bool> isAnswer,
    Func<IReadOnlyList<PollDue>, QueryResult<IReadOnlyDictionary<string, T>>, Task> hear)
    where T : class
{
    /// <summary>Asked about alone, and not answered: then it is not for asking about many that a call was refused.</summary>
    private const int MaxAloneInVain = 5;

    private int _leastTooMany = int.MaxValue;
    private int _mostAnswered;
    private int _aloneInVain;
    private bool _isUnanswered;

    /// <summary>How many at once are answered, where more are not; null when no number parts the two.</summary>
    public int? Learned => _leastTooMany < int.MaxValue && _mostAnswered < _leastTooMany ? _mostAnswered : null;

    /// <summary>Polls, and applies every result.</summary>
    public Task AskAsync(IReadOnlyList<PollDue> polls) => AnswersAsync(polls);

    /// <returns>Whether there were answers about all of them, in one call or in several.</returns>
    private async Task<bool> AnswersAsync(IReadOnlyList<PollDue> polls)
    {
        if (Learned is { } size && polls.Count > size)
        {
            return await AllAsync(polls.Chunk(size));
        }

        var read = await ask(polls);
        if (!read.IsMisunderstood || polls.Count == 1)
        {
            await hear(polls, read);
            return Note(polls.Count, read);
        }

        var half = (polls.Count + 1) / 2;
        var areAnswered = await AnswersAsync([.. polls.Take(half)]);
        if (_isUnanswered || (_mostAnswered == 0 && _aloneInVain >= MaxAloneInVain))
        {
            await hear([.. polls.Skip(half)], read);
            return false;
        }

        areAnswered &= await AnswersAsync([.. polls.Skip(half)]);
        if (areAnswered)
        {
            // None of them has spoiled it: they were too many.
            _leastTooMany = Math.Min(_leastTooMany, polls.Count);
        }

        return areAnswered;
    }

    private async Task<bool> AllAsync(IEnumerable<PollDue[]> parts)
    {
        var areAnswered = true;
        foreach (var part in parts)
        {
            areAnswered &= await AnswersAsync(part);
        }

        return areAnswered;
    }

    private bool Note(int count, QueryResult<IReadOnlyDictionary<string, T>> read)
    {
        if (read.Value?.Values.Any(isAnswer) == true)
        {
            _mostAnswered = Math.Max(_mostAnswered, count);
            return true;
        }

        _isUnanswered |= read.Value is null && !read.IsMisunderstood;
        _aloneInVain += count == 1 ? 1 : 0;
        return false;
    }
}
