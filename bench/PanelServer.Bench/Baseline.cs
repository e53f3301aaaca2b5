namespace PanelServer.Bench;

/// <summary>What a call is compared with.</summary>
/// <param name="Process">Where it runs.</param>
/// <param name="PathOf">Where to ask for an answer of so many bytes; none is a 304.</param>
/// <param name="AnswersTruly">Whether its answers mean something, and are looked at as the server's are.</param>
internal sealed record Baseline(Child Process, Func<int, string> PathOf, bool AnswersTruly)
{
    /// <summary>An empty Kestrel.</summary>
    public static Baseline Floor(Child floor) =>
        new(floor, size => size == 0 ? FloorEndpoint.NotModified : $"/{size}", AnswersTruly: false);

    /// <summary>The same answers from the same file, by EF Core.</summary>
    public static Baseline EfCore(Child endpoint) => new(endpoint, _ => RowRun.ApiPath, AnswersTruly: true);
}
