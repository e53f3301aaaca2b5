namespace PanelServer.Domain;

/// <summary>
/// A sentence, or a part of one, as data: a code with one meaning, and what is put into its text. The rules make phrases;
/// the texts are in one table for each language, and a door puts them into words.
/// </summary>
/// <param name="Code">The meaning; what follows a point tells meanings of one family apart.</param>
/// <param name="Args">What the text names: numbers, names, amounts, and phrases within the phrase.</param>
public record Phrase(string Code, params object?[] Args)
{
    /// <inheritdoc/>
    public virtual bool Equals(Phrase? other) =>
        ReferenceEquals(this, other)
        || (other is not null && EqualityContract == other.EqualityContract && Code == other.Code && Args.SequenceEqual(other.Args));

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);
}
