using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers;

/// <summary>What an operator should know about a provider. Each thing is open once, and ends by itself when it is over.</summary>
internal static class Alerts
{
    /// <summary>Tells of something; while it lasts, only other words about it are written.</summary>
    public static void Raise(Writer writer, int provider, AlertKind kind, string subject, string said, long now)
    {
        var open = Open(writer, provider, kind, subject);
        if (open.Any(row => row.Said == said) || open.ExecuteUpdate(row => row.SetProperty(alert => alert.Said, said)) > 0)
        {
            return;
        }

        writer.Db.Alerts.Add(new AlertRow { ProviderId = provider, Kind = kind, Subject = subject, Said = said, OpenedAt = now });
        writer.Save();
    }

    /// <summary>It is over.</summary>
    public static void End(Writer writer, int provider, AlertKind kind, string subject, long now) =>
        Open(writer, provider, kind, subject).ExecuteUpdate(row => row.SetProperty(alert => alert.ClosedAt, now));

    private static IQueryable<AlertRow> Open(Writer writer, int provider, AlertKind kind, string subject) => writer.Db.Alerts
        .Where(row => row.ProviderId == provider && row.Kind == kind && row.Subject == subject && row.ClosedAt == null);
}
