using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Catalogue;

/// <summary>A service of ours made of a provider's, all but its id and place. Pure.</summary>
internal static class ServiceDrafting
{
    /// <summary>Characters of a provider's id of a service.</summary>
    private const int IdLength = 64;

    /// <summary>What a provider's service would be here.</summary>
    /// <param name="theirs">The provider's.</param>
    /// <param name="selection">As what it comes in.</param>
    /// <param name="terms">How prices are made.</param>
    /// <returns>Refused, with a reason that many may share, when it cannot be sold.</returns>
    public static Result<Service> Of(UpstreamService theirs, ImportSelection selection, ComparisonOptions terms)
    {
        var category = selection.Into ?? theirs.Category;
        var type = theirs.TypeText.Length == 0 ? selection.Type : theirs.Type;
        if (Wrong(theirs, type, category) is { } why)
        {
            return new Refusal("unfit_service", why);
        }

        if (!terms.PriceOf(theirs, new(Multiplier.One)).Try(out var price, out var outOfRange))
        {
            return outOfRange;
        }

        return new Service
        {
            Id = 0,
            Position = 0,
            Enabled = !selection.Disabled,
            Type = type!,
            Category = category,
            Name = theirs.Name,
            Description = theirs.Description.Length <= Limits.TextLength ? theirs.Description : "",
            Rate = price,
            Min = theirs.Min,
            Max = theirs.Max,
            Dripfeed = theirs.Dripfeed && type!.MayDrip,
            Refill = theirs.Refill ? new RefillWindow() : null,
            Cancel = theirs.Cancel,
        };
    }

    private static string? Wrong(UpstreamService theirs, ServiceType? type, string category)
    {
        if (type is null)
        {
            return theirs.TypeText.Length == 0 ? "it names no type; --type gives one, such as --type Default" : $"type {theirs.TypeText} is not known here";
        }

        if (type == ServiceType.Subscriptions)
        {
            return "a subscription is run by this panel: make one and route it to a service of type Default";
        }

        if (theirs.Rate.Units <= 0 || theirs.Rate.Units > Rate.Max.Units)
        {
            return $"its price {theirs.Rate} is none";
        }

        if (theirs.Min < 1 || theirs.Max < theirs.Min)
        {
            return FormattableString.Invariant($"its bounds {theirs.Min} to {theirs.Max} are none");
        }

        return !WireText.IsLine(theirs.Id, IdLength) ? "its id cannot be kept"
            : !WireText.IsLine(theirs.Name, Limits.TextLength, Joiners.WhereTheyJoin) ? "its name is no line of text"
            : !WireText.IsLine(category, Limits.TextLength, Joiners.WhereTheyJoin) ? "its category is no line of text; --into gives one"
            : null;
    }
}
