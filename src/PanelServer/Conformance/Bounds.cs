namespace PanelServer.Conformance;

/// <summary>Every bound of a judgement, by name: what is asked may belong to a stranger and may answer anything.</summary>
/// <param name="Patience">How long one call may take, from its first byte to the last of its answer.</param>
/// <param name="Pause">How long is waited between two calls: a handful of calls a second is enough.</param>
internal sealed record Bounds(TimeSpan Patience, TimeSpan Pause)
{
    /// <summary>The largest answer that is read, in bytes; a service list of 20 000 services stays far below.</summary>
    public const int AnswerBytes = 32 * 1024 * 1024;

    /// <summary>Characters of an answer that a score card shows.</summary>
    public const int ShownCharacters = 160;

    /// <summary>Calls in a row without an answer, after which no more are made.</summary>
    public const int Unanswered = 3;

    public static readonly Bounds Usual = new(TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(250));
}
