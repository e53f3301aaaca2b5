using PanelServer.Data.Entities;
using PanelServer.Domain;

namespace PanelServer.Data;

/// <summary>
/// Writes down what was done to the panel and by whom, in the unit that does it. The rows can be neither changed nor removed.
/// </summary>
internal static class Audit
{
    /// <param name="unit">The unit that makes the change.</param>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="action">The verb, as typed.</param>
    /// <param name="subject">What it was done to.</param>
    /// <param name="detail">With what.</param>
    public static void Write(UnitOfWork unit, long at, string action, string subject, string detail) =>
        unit.Db.Audit.Add(Row(unit, at, action, subject, detail));

    /// <summary>Writes down what moved a reseller's money, or could have.</summary>
    /// <param name="unit">The unit that has made the change.</param>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="action">The verb, as typed.</param>
    /// <param name="subject">What it was done to.</param>
    /// <param name="detail">With what.</param>
    /// <param name="amount">What the reseller got; below zero what was taken.</param>
    /// <param name="reseller">Whose balance is written down behind it.</param>
    public static void WriteMoney(UnitOfWork unit, long at, string action, string subject, string detail, Money amount, int reseller)
    {
        var row = Row(unit, at, action, subject, detail);
        (row.Amount, row.Balance) = (amount, unit.Accounts.BalanceOf(reseller));
        unit.Db.Audit.Add(row);
    }

    private static AuditRow Row(UnitOfWork unit, long at, string action, string subject, string detail) => new()
    {
        At = at,
        Action = action,
        Subject = subject,
        Detail = detail,
        Who = unit.Actor.Name,
        Channel = unit.Actor.Channel,
        ActorKind = unit.Actor.Kind,
        ActorId = unit.Actor.Id,
        Address = unit.Actor.Address,
        RequestId = unit.Actor.RequestId,
    };
}
