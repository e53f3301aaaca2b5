using PanelServer.Data;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;

namespace PanelServer.Providers.Dispatch;

/// <summary>What is kept of a call: of one that was accepted only by which id, of every other what was said, also where it was accepted without the id that is needed to ask about it.</summary>
internal static class SubmissionEvidence
{
    public static SubmissionEnd Of(SubmissionResult asked) => asked.Outcome == SubmissionOutcome.Accepted && !asked.IsWithoutId
        ? new(asked.Outcome) { UpstreamId = asked.UpstreamId, Elapsed = asked.Exchange.ElapsedMilliseconds }
        : new(asked.Outcome)
        {
            Reason = asked.Reason,
            Sent = asked.Exchange.Sent,
            SentBytes = asked.Exchange.SentBytes,
            Elapsed = asked.Exchange.ElapsedMilliseconds,
            Answer = asked.Exchange.Answer,
            Objection = asked.Objection,
        };
}
