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
            return why;
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

    private static Refusal? Wrong(UpstreamService theirs, ServiceType? type, string category)
    {
        if (type is null)
        {
            return theirs.TypeText.Length == 0 ? new("unfit_service.no_type") : new("unfit_service.unknown_type", theirs.TypeText);
        }

        if (type == ServiceType.Subscriptions)
        {
            return new("unfit_service.subscription");
        }

        if (theirs.Rate.Units <= 0 || theirs.Rate.Units > Rate.Max.Units)
        {
            return new("unfit_service.price", theirs.Rate);
        }

        if (theirs.Min < 1 || theirs.Max < theirs.Min)
        {
            return new("unfit_service.bounds", theirs.Min, theirs.Max);
        }

        return !WireText.IsLine(theirs.Id, IdLength) ? new("unfit_service.id")
            : !WireText.IsLine(theirs.Name, Limits.TextLength, Joiners.WhereTheyJoin) ? new("unfit_service.name")
            : !WireText.IsLine(category, Limits.TextLength, Joiners.WhereTheyJoin) ? new("unfit_service.category")
            : null;
    }
}
