using System.CommandLine;
using PanelServer.Ledger;

namespace PanelServer.Cli;

/// <summary><c>verify</c>: proves the books.</summary>
internal static class VerifyVerb
{
    public static Command Command(Verbs verbs) => verbs.Reading(
        new(
            "verify",
            "Proves the books: ledger = balances, one charge for each order, refunds within it, legal states.\n\nExample:\n  panelserver verify --json"),
        (context, _) =>
        {
            var findings = new Verify(context.Folder.Database).Run(context.Progress);
            context.Say(
                new { Ok = findings.Count == 0, Findings = findings },
                findings.Count == 0 ? "the books are right" : string.Join(Environment.NewLine, findings));
            return Task.FromResult(findings.Count == 0 ? VerbContext.Done : VerbContext.Refused);
        });
}
