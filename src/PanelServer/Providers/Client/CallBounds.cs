namespace PanelServer.Providers.Client;

/// <summary>How long a call may take and how much may come back.</summary>
internal sealed record CallBounds
{
    private const int Mebibyte = 1024 * 1024;

    public static readonly CallBounds Usual = new();

    /// <summary>From the name to a connection, for all of its addresses together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For what changes something: add, refill, cancel.</summary>
    public CallBound Change { get; init; } = new(TimeSpan.FromSeconds(60), 4 * Mebibyte);

    /// <summary>For status, refill_status and balance.</summary>
    public CallBound Question { get; init; } = new(TimeSpan.FromSeconds(30), 4 * Mebibyte);

    /// <summary>For the whole catalogue.</summary>
    public CallBound Services { get; init; } = new(TimeSpan.FromSeconds(120), 64 * Mebibyte);

    /// <summary>The same with other deadlines.</summary>
    /// <param name="change">For what changes something.</param>
    /// <param name="question">For a question; a whole catalogue may take four times as long.</param>
    public CallBounds Within(TimeSpan change, TimeSpan question)
    {
        const int CatalogueTakes = 4;
        return this with
        {
            Change = Change with { Deadline = change },
            Question = Question with { Deadline = question },
            Services = Services with { Deadline = question * CatalogueTakes },
        };
    }
}

/// <summary>The bounds of one call.</summary>
/// <param name="Deadline">From the beginning to the last byte of the answer.</param>
/// <param name="AnswerBytes">The most bytes of an answer, counted after decompression.</param>
internal readonly record struct CallBound(TimeSpan Deadline, int AnswerBytes);
