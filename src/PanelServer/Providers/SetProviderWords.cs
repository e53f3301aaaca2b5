using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>What an operator says of the words of a provider. It is felt by the next answer.</summary>
internal sealed class SetProviderWords(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Words of one provider.</summary>
    public const int MaxWords = 500;

    /// <summary>Characters of one.</summary>
    public const int WordLength = 500;

    /// <summary>Orders that are looked at again at once in one unit.</summary>
    private const int HastenedAtOnce = 500;

    /// <summary>Says what words mean, in the place of what was said before. A provider that was paused for strange answers is sent to again.</summary>
    /// <returns>Whether it is sent to again.</returns>
    public Task<Result<bool>> SetAsync(ActorContext actor, string provider, IReadOnlyList<(string Word, WordMeaning Meaning)> words) => ChangeAsync(actor, provider, (unit, row, now) =>
    {
        foreach (var (written, meaning) in words)
        {
            var word = ProviderWords.Plain(written);
            if (word.Length == 0 || !WireText.IsLine(written.Trim(), WordLength))
            {
                return new Refusal("incorrect_word", WordLength, written);
            }

            unit.Db.ProviderWords.Where(one => one.ProviderId == row.Id && one.Word == word).ExecuteDelete();
            unit.Db.ProviderWords.Add(new() { ProviderId = row.Id, Word = word, Written = written.Trim(), Meaning = meaning, CreatedAt = now });
            unit.Save();
            Audit.Write(unit, now, "provider word", $"provider {row.Name}", $"{written.Trim()}={WordMeanings.NameOf(meaning)}");
        }

        if (unit.Db.ProviderWords.Count(one => one.ProviderId == row.Id) > MaxWords)
        {
            return new Refusal("too_many_words", MaxWords);
        }

        UnclearRefusals.Forget(unit, row.Id, now);
        unit.Due.MakeDueNow(row.Id, WorkKind.Order, now, HastenedAtOnce);
        return row.Paused == Pause.Strange;
    });

    /// <summary>Takes back what was said of a word.</summary>
    public Task<Result<bool>> RemoveAsync(ActorContext actor, string provider, string written) => ChangeAsync(actor, provider, (unit, row, now) =>
    {
        var word = ProviderWords.Plain(written);
        if (unit.Db.ProviderWords.Where(one => one.ProviderId == row.Id && one.Word == word).ExecuteDelete() == 0)
        {
            return new Refusal("no_word", written, row.Name);
        }

        Audit.Write(unit, now, "provider word", $"provider {row.Name}", $"{written.Trim()} removed");
        return (Result<bool>)true;
    });

    private Task<Result<bool>> ChangeAsync(ActorContext actor, string provider, Func<UnitOfWork, ProviderRow, long, Result<bool>> change)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<bool>>(actor, unit => unit.Db.Providers.FirstOrDefault(row => row.Name == provider) is { } row
            ? change(unit, row, now)
            : ManageProviders.Unknown(provider));
    }
}
