namespace PanelServer.Domain.Catalogue;

/// <summary>An operator's ban or hold of links.</summary>
/// <param name="Kind">What is done with the links.</param>
/// <param name="Pattern">Which links.</param>
public sealed record LinkBlock(LinkBlockKind Kind, LinkPattern Pattern);

/// <summary>All bans and holds of a panel at one moment.</summary>
public sealed class LinkBlockList
{
    public static readonly LinkBlockList Empty = new([]);

    private readonly LinkBlock[] _blocks;

    /// <param name="blocks">In any order.</param>
    public LinkBlockList(IEnumerable<LinkBlock> blocks) => _blocks = [.. blocks.OrderBy(block => block.Kind)];

    /// <summary>What covers a link; a ban before a hold. Null when nothing does.</summary>
    public LinkBlock? Of(string? link)
    {
        // Longer than a link may be is none, and is refused as such.
        if (_blocks.Length == 0 || string.IsNullOrEmpty(link) || link.Length > Limits.LinkLength * 2)
        {
            return null;
        }

        var forms = new LinkForms(link);
        return Array.Find(_blocks, block => block.Pattern.Fits(forms));
    }
}
