using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Domain;

/// <summary>The states as this market writes them (docs/contract.md, "Lifecycle"); operators read the same words.</summary>
public static class StatusNames
{
    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Pending => "Pending",
        OrderStatus.Processing => "Processing",
        OrderStatus.InProgress => "In progress",
        OrderStatus.Completed => "Completed",
        OrderStatus.Partial => "Partial",
        OrderStatus.Canceled => "Canceled",
        OrderStatus.Active => "Active",
        OrderStatus.Paused => "Paused",
        OrderStatus.Expired => "Expired",
    };

    public static string Of(RefillStatus status) => status switch
    {
        RefillStatus.Pending => "Pending",
        RefillStatus.InProgress => "In progress",
        RefillStatus.Completed => "Completed",
        RefillStatus.Rejected => "Rejected",
        RefillStatus.Error => "Error",
    };
}
