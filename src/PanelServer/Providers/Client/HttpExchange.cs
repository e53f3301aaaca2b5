namespace PanelServer.Providers.Client;

/// <summary>One call and what came back, as evidence. The key is nowhere in it; <c>[key]</c> stands in its place.</summary>
internal sealed record HttpExchange
{
    /// <summary>Characters kept of what was sent, and of what came back.</summary>
    public const int EvidenceCharacters = 2_000;

    /// <summary>The form as sent, cut.</summary>
    public string Sent { get; init; } = "";

    /// <summary>Bytes of the form.</summary>
    public long SentBytes { get; init; }

    /// <summary>Whether any byte of the form may have left the server.</summary>
    public bool HasLeft { get; init; }

    /// <summary>From the beginning to the end of the answer, or until it was given up.</summary>
    public long ElapsedMilliseconds { get; init; }

    /// <summary>The HTTP status; 0 when nothing came back.</summary>
    public int Status { get; init; }

    /// <summary>Where a redirect leads, without the key; null when it is none.</summary>
    public string? LeadsTo { get; init; }

    /// <summary>The beginning of the body, as far as it came; control characters are blanks.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Why there is no complete answer; null when there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>How long it asked to be left alone, an hour at most; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>An exchange with the whole body.</summary>
/// <param name="Exchange">The evidence.</param>
/// <param name="Body">The body, decompressed; not whole when the exchange tells of a failure.</param>
internal sealed record RawResponse(HttpExchange Exchange, ReadOnlyMemory<byte> Body);
