using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Domain.Lifecycles;

namespace PanelServer.Queries;

/// <summary>Which rows of the audit are meant; what is null does not narrow it.</summary>
internal sealed record AuditFilter
{
    /// <summary>The person, or the channel.</summary>
    public string? Who { get; init; }

    public Actor? Kind { get; init; }
    public string? Channel { get; init; }

    /// <summary>The verb, or all verbs of a noun.</summary>
    public string? Action { get; init; }

    /// <summary>What it was done to, or the last word of it.</summary>
    public string? Subject { get; init; }

    public string? Request { get; init; }

    /// <summary>From then on, unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Before then, unix milliseconds.</summary>
    public long? To { get; init; }
}

/// <summary>Who did what to the panel.</summary>
internal static class AuditQueries
{
    /// <summary>A page of rows, the newest first.</summary>
    public static Task<List<AuditRow>> ListAsync(PanelDb db, AuditFilter filter, Page page) =>
        Chosen(db.Audit.Where(row => row.Id < page.Before), filter).OrderByDescending(row => row.Id).Take(page.Limit).ToListAsync();

    private static IQueryable<AuditRow> Chosen(IQueryable<AuditRow> rows, AuditFilter filter)
    {
        if (filter.Kind is { } kind)
        {
            rows = rows.Where(row => row.ActorKind == kind);
        }

        if (filter.From is { } from)
        {
            rows = rows.Where(row => row.At >= from);
        }

        if (filter.To is { } to)
        {
            rows = rows.Where(row => row.At < to);
        }

        if (filter.Channel is { } channel)
        {
            rows = rows.Where(row => row.Channel == channel);
        }

        if (filter.Request is { } request)
        {
            rows = rows.Where(row => row.RequestId == request);
        }

        if (filter.Who is { } who)
        {
            rows = rows.Where(row => row.Who == who || row.Channel == who);
        }

        if (filter.Action is { } action)
        {
            rows = rows.Where(row => row.Action == action || row.Action.StartsWith(action + " "));
        }

        if (filter.Subject is { } subject)
        {
            rows = rows.Where(row => EF.Functions.Collate(row.Subject, "NOCASE") == subject || row.Subject.EndsWith(" " + subject));
        }

        return rows;
    }
}
