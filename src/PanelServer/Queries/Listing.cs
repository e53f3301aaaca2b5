namespace PanelServer.Queries;

/// <summary>The rows of a list, from the newest down: all below an id, up to a limit (keyset paging).</summary>
/// <param name="Before">Only below this id; the id of the last row of a page asks for the next one.</param>
/// <param name="Limit">Rows at the most.</param>
internal readonly record struct Page(int Before, int Limit);

/// <summary>A page of a list.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="LookedBackTo">
/// Where the search was ended before the page was full, because no index answers it: rows below this id were not looked at, and
/// a page before it goes on there. Null when nothing was left out.
/// </param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, int? LookedBackTo = null);
