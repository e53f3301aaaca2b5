using System.CommandLine;
using PanelServer.Data;
using PanelServer.Ledger;

namespace PanelServer.Cli;

/// <summary><c>verify</c>: proves the books.</summary>
internal static class VerifyVerb
{
    public static Command Command(Verbs verbs) => verbs.Plain(
        new(
            "verify",
            "Proves the books: ledger = balances, one charge for each order, refunds within it, legal states.\n\nExample:\n  panelserver verify --json"),
        (context, _) =>
        {
            if (Unreadable(context) is { } why)
            {
                return Task.FromResult(context.Refuse(why));
            }

            var findings = new Verify(context.Folder.Database).Run(context.Progress);
            context.Write(
                new { Ok = findings.Count == 0, Findings = findings },
                findings.Count == 0 ? "the books are right" : string.Join(Environment.NewLine, findings));
            return Task.FromResult(findings.Count == 0 ? VerbContext.Done : VerbContext.Refused);
        });

    /// <summary>Why there is nothing to prove; damage is none of these reasons, it is a finding.</summary>
    private static string? Unreadable(VerbContext context)
    {
        try
        {
            return FolderState.NoPanel(context.Folder, context.IsDataNamed) ?? FolderState.Unfit(context.Folder);
        }
        catch (StorageException error) when (DamageWatch.IsDamage(error))
        {
            return null;
        }
    }
}
