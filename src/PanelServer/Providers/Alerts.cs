using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Providers;
using PanelServer.Texts;

namespace PanelServer.Providers;

/// <summary>What operators should know about providers: each thing is open once while it lasts.</summary>
internal sealed class Alerts(WriteQueue writes, TimeProvider clock)
{
    /// <summary>Opens an alert inside a unit; of an open one the words are changed, and the same words write nothing.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="provider">About whom.</param>
    /// <param name="kind">What.</param>
    /// <param name="subject">The provider's service it is about; empty = the provider itself.</param>
    /// <param name="said">For people; one line.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Raise(UnitOfWork unit, int provider, AlertKind kind, string subject, Phrase said, long now)
    {
        var stored = PhraseJson.Stored(said);
        switch (Open(unit, provider, kind, subject).Select(row => row.Said).FirstOrDefault())
        {
            case null:
                unit.Db.Alerts.Add(new AlertRow
                {
                    ProviderId = provider,
                    Kind = kind,
                    Subject = subject,
                    Said = stored.Text,
                    Code = stored.Code,
                    Args = stored.Args,
                    OpenedAt = now,
                });
                unit.Save();
                LogOpened(unit, provider, kind, subject, stored.Text);
                break;
            case var before when before != stored.Text:
                Open(unit, provider, kind, subject).ExecuteUpdate(row => row
                    .SetProperty(alert => alert.Said, stored.Text)
                    .SetProperty(alert => alert.Code, stored.Code)
                    .SetProperty(alert => alert.Args, stored.Args));
                break;
            default:
                break;
        }
    }

    /// <summary>Opens an alert about orders inside a unit, or lets an open one be about one more; it tells how many there are, and some.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="provider">About whom.</param>
    /// <param name="kind">What.</param>
    /// <param name="subject">What of the provider's it is about; empty = the provider itself.</param>
    /// <param name="order">One of the orders.</param>
    /// <param name="said">For people; one line.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void RaiseOf(UnitOfWork unit, int provider, AlertKind kind, string subject, int order, Phrase said, long now)
    {
        var (alert, isNew) = unit.Alerts.Raise(provider, kind, subject, now);
        if (!unit.Alerts.Add(alert, order))
        {
            return;
        }

        var (count, some) = unit.Alerts.Orders(alert);
        var stored = PhraseJson.Stored(count == 1
            ? new Phrase("alert.of_order", said, some[0])
            : new Phrase("alert.of_orders", said, count, string.Join(", ", some)));
        unit.Alerts.Say(alert, stored);
        if (isNew)
        {
            LogOpened(unit, provider, kind, subject, stored.Text);
        }
    }

    /// <summary>Closes an alert inside a unit, if it is open: what it was about is over.</summary>
    public static void End(UnitOfWork unit, int provider, AlertKind kind, string subject, long now) =>
        Open(unit, provider, kind, subject).ExecuteUpdate(row => row.SetProperty(alert => alert.ClosedAt, now));

    /// <summary>Closes an open alert by an operator's word; it opens again when it is seen again.</summary>
    /// <returns>Its id; refused when it is not open.</returns>
    public Task<Result<int>> CloseAsync(ActorContext actor, int id)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync<Result<int>>(actor, unit =>
        {
            var said = unit.Db.Alerts.Where(row => row.Id == id && row.ClosedAt == null).Select(row => row.Said).FirstOrDefault();
            if (said is null)
            {
                return new Refusal("no_alert", id);
            }

            unit.Db.Alerts.Where(row => row.Id == id).ExecuteUpdate(row => row.SetProperty(alert => alert.ClosedAt, now));
            Audit.Write(unit, now, "alert close", string.Create(CultureInfo.InvariantCulture, $"alert {id}"), said);
            return id;
        });
    }

    private static void LogOpened(UnitOfWork unit, int provider, AlertKind kind, string subject, string said) => unit.LogAfterCommit(
        $"Provider {unit.Submissions.NameOf(provider)}: alert {kind}{(subject.Length == 0 || kind == AlertKind.Word ? "" : $" of its service {subject}")}: {said}");

    private static IQueryable<AlertRow> Open(UnitOfWork unit, int provider, AlertKind kind, string subject) =>
        unit.Db.Alerts.Where(row => row.ProviderId == provider && row.Kind == kind && row.Subject == subject && row.ClosedAt == null);
}
