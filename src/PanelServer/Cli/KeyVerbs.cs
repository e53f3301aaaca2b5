using System.CommandLine;
using System.Security.Cryptography;
using PanelServer.Data;
using PanelServer.Domain.Resellers;
using PanelServer.Queries;
using PanelServer.Resellers;

namespace PanelServer.Cli;

/// <summary><c>key</c>: a key is shown once, when it is issued.</summary>
internal static class KeyVerbs
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The reseller's name" };
    private static readonly Argument<string> Prefix = new("PREFIX") { Description = "The beginning of the key, as `key list` shows it" };

    public static Command Command(Verbs verbs) => new("key", "API keys")
    {
        verbs.Changing<ManageResellers>(
            new("issue", "Issues a key and prints it, once; the key alone goes to standard output.\n\nExamples:\n  panelserver key issue alice\n  KEY=$(panelserver key issue alice)") { Name },
            IssueAsync),
        verbs.Reading(new("list", "Lists the keys by their beginnings"), ListAsync),
        verbs.Changing<ManageResellers>(
            new("revoke", "Revokes a key for good.\n\nExample:\n  panelserver key revoke pk_live_4f7h2k9m") { Prefix },
            RevokeAsync),
    };

    private static async Task<int> IssueAsync(VerbContext context, ManageResellers resellers)
    {
        var name = context.Get(Name);
        return (await resellers.IssueKeyAsync(context.Actor, name, RandomNumberGenerator.GetBytes(ApiKey.SecretBytes)))
            .Try(out var key, out var refusal)
            ? context.SayAlone(
                new { Key = key.Text, key.Prefix, Reseller = name },
                key.Text,
                $"this key of {name} is shown only now: it is stored as a hash")
            : context.Refuse(refusal);
    }

    private static async Task<int> ListAsync(VerbContext context, PanelDb db)
    {
        var rows = await ResellerQueries.KeysAsync(db);
        return context.WriteTable(
            rows,
            "no keys yet; `panelserver key issue NAME` issues one",
            row => new
            {
                row.Key.Prefix,
                row.Reseller,
                IssuedAt = VerbContext.Instant(row.Key.CreatedAt),
                RevokedAt = row.Key.RevokedAt is { } at ? VerbContext.Instant(at) : null,
            },
            ("PREFIX", row => row.Key.Prefix),
            ("RESELLER", row => row.Reseller),
            ("ISSUED", row => VerbContext.Time(row.Key.CreatedAt)),
            ("REVOKED", row => row.Key.RevokedAt is { } at ? VerbContext.Time(at) : ""));
    }

    private static async Task<int> RevokeAsync(VerbContext context, ManageResellers resellers) =>
        (await resellers.RevokeKeyAsync(context.Actor, context.Get(Prefix))).Try(out var prefix, out var refusal)
            ? context.Write(new { Prefix = prefix, Revoked = true }, $"key {prefix}… is revoked")
            : context.Refuse(refusal);
}
