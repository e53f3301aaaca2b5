using PanelServer.Data.Entities;
using PanelServer.Domain;

namespace PanelServer.Data;

/// <summary>Writes down what people do to the panel. The rows can be neither changed nor removed.</summary>
internal static class Audit
{
    /// <param name="writer">The unit that makes the change.</param>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="action">The verb, as typed.</param>
    /// <param name="subject">What it was done to.</param>
    /// <param name="detail">With what.</param>
    public static void Write(Writer writer, long at, string action, string subject, string detail) =>
        writer.Db.Audit.Add(Row(writer, at, action, subject, detail));

    /// <summary>Writes down what moved a reseller's money, or could have.</summary>
    /// <param name="writer">The unit that has made the change.</param>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="action">The verb, as typed.</param>
    /// <param name="subject">What it was done to.</param>
    /// <param name="detail">With what.</param>
    /// <param name="amount">What the reseller got; below zero what was taken.</param>
    /// <param name="reseller">Whose balance is written down behind it.</param>
    public static void WriteMoney(Writer writer, long at, string action, string subject, string detail, Money amount, int reseller)
    {
        var row = Row(writer, at, action, subject, detail);
        (row.Amount, row.Balance) = (amount, writer.Accounts.BalanceOf(reseller));
        writer.Db.Audit.Add(row);
    }

    private static AuditRow Row(Writer writer, long at, string action, string subject, string detail) => new()
    {
        At = at,
        Action = action,
        Subject = subject,
        Detail = detail,
        Who = writer.Actor.Name,
        Channel = writer.Actor.Channel,
    };
}
