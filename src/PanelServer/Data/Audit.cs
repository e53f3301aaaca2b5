using PanelServer.Data.Entities;

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
        writer.Db.Audit.Add(new AuditRow { At = at, Action = action, Subject = subject, Detail = detail });
}
