using System.Diagnostics;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>
/// Calls a provider that speaks the standard API of panels. No call throws for anything that a network or a provider can do,
/// nor when it is given up: what came of it is in what is returned (docs/decisions/0020).
/// </summary>
/// <param name="http">Makes the calls.</param>
/// <param name="metrics">What is measured of them; null where nothing is.</param>
internal sealed class ProviderClient(ProviderHttp http, ProviderMetrics? metrics = null)
{
    /// <summary>Asks it to take an order.</summary>
    /// <param name="fields">The order's fields, in order; without key and action.</param>
    public Task<SubmissionResult> AddAsync(
        ProviderAccount account,
        IReadOnlyList<KeyValuePair<string, string>> fields,
        CancellationToken cancel) =>
        ChangeAsync(account, [new("action", "add"), .. fields], SubmissionResponseReader.Add, cancel);

    /// <summary>Asks it to refill one of its orders.</summary>
    public Task<SubmissionResult> RefillAsync(ProviderAccount account, string order, CancellationToken cancel) =>
        WithIdAsync(ChangeAsync(
            account, [new("action", "refill"), new("order", order)], answer => SubmissionResponseReader.Refill(answer, order), cancel));

    /// <summary>Asks it to cancel one of its orders. That it accepts means that it will try.</summary>
    public Task<SubmissionResult> CancelAsync(ProviderAccount account, string order, CancellationToken cancel) =>
        ChangeAsync(
            account, [new("action", "cancel"), new("orders", order)], answer => SubmissionResponseReader.Cancel(answer, order), cancel);

    /// <param name="orders">1 to <see cref="Limits.BatchIds"/> ids. The value has an entry for each of which something is said.</param>
    public Task<QueryResult<IReadOnlyDictionary<string, UpstreamOrder>>> StatusAsync(
        ProviderAccount account,
        IReadOnlyList<string> orders,
        CancellationToken cancel) =>
        AskAsync(
            account, [new("action", "status"), Ids("order", orders)], http.Bounds.Question,
            answer => StatusReader.Orders(answer, orders), cancel);

    /// <param name="refills">1 to <see cref="Limits.BatchIds"/> ids. The value has an entry for each of which something is said.</param>
    public Task<QueryResult<IReadOnlyDictionary<string, UpstreamRefill>>> RefillStatusAsync(
        ProviderAccount account,
        IReadOnlyList<string> refills,
        CancellationToken cancel) =>
        AskAsync(
            account, [new("action", "refill_status"), Ids("refill", refills)], http.Bounds.Question,
            answer => StatusReader.Refills(answer, refills), cancel);

    public Task<QueryResult<UpstreamBalance>> BalanceAsync(ProviderAccount account, CancellationToken cancel) =>
        AskAsync(account, [new("action", "balance")], http.Bounds.Question, BalanceReader.Read, cancel);

    public Task<QueryResult<UpstreamCatalogue>> ServicesAsync(ProviderAccount account, CancellationToken cancel) =>
        AskAsync(account, [new("action", "services")], http.Bounds.Services, CatalogueReader.Read, cancel);

    private static async Task<SubmissionResult> WithIdAsync(Task<SubmissionResult> asking) => await asking switch
    {
        { Outcome: SubmissionOutcome.Accepted, UpstreamId: null } asked => asked with { IsWithoutId = true, Reason = "accepted without an id: nobody can ask how it stands" },
        var asked => asked,
    };

    private async Task<SubmissionResult> ChangeAsync(
        ProviderAccount account,
        KeyValuePair<string, string>[] form,
        Func<JsonResponse, ParsedResponse> read,
        CancellationToken cancel)
    {
        var activity = ActivityOf(account, form);
        var result = await SubmitAsync(account, form, read, cancel);
        Ended(activity, account, form, OutcomeOf(result.Outcome), result.Exchange);
        return result;
    }

    private async Task<SubmissionResult> SubmitAsync(
        ProviderAccount account,
        KeyValuePair<string, string>[] form,
        Func<JsonResponse, ParsedResponse> read,
        CancellationToken cancel)
    {
        var reply = await http.PostAsync(account, form, http.Bounds.Change, cancel);
        if (reply.Exchange.Failure is { } failure)
        {
            var outcome = reply.Exchange.HasLeft ? SubmissionOutcome.Unknown : SubmissionOutcome.NotSent;
            return new(outcome, reply.Exchange) { Reason = failure };
        }

        var verdict = read(AnswerOf(account, reply, form));
        return new(verdict.Outcome, reply.Exchange)
        {
            UpstreamId = verdict.UpstreamId,
            Reason = verdict.Reason + LeadingTo(reply.Exchange),
            Objection = verdict.Objection,
            Plain = verdict.Plain,
        };
    }

    private async Task<QueryResult<T>> AskAsync<T>(
        ProviderAccount account,
        KeyValuePair<string, string>[] form,
        CallBound bound,
        Func<JsonResponse, ParseResult<T>> read,
        CancellationToken cancel)
        where T : class
    {
        var activity = ActivityOf(account, form);
        var reply = await http.PostAsync(account, form, bound, cancel);
        if (reply.Exchange.Failure is { } failure)
        {
            Ended(activity, account, form, "unanswered", reply.Exchange);
            return new(reply.Exchange) { Reason = failure };
        }

        var reading = read(AnswerOf(account, reply, form));
        Ended(activity, account, form, reading.Value is null ? "refused" : "answered", reply.Exchange);
        return new(reply.Exchange) { Value = reading.Value, Reason = reading.Reason + LeadingTo(reply.Exchange), Objection = reading.Objection, IsAmbiguous = reading.IsAmbiguous };
    }

    private static Activity? ActivityOf(ProviderAccount account, KeyValuePair<string, string>[] form) =>
        Telemetry.Activities.StartActivity("panel.provider.call", ActivityKind.Client)?.SetTag("provider", account.Name).SetTag("call", form[0].Value);

    private void Ended(Activity? activity, ProviderAccount account, KeyValuePair<string, string>[] form, string outcome, HttpExchange exchange) =>
        Telemetry.Measure(() =>
        {
            activity?.SetTag("outcome", outcome).Dispose();
            metrics?.Called(account.Name, form[0].Value, outcome, exchange.ElapsedMilliseconds);
        });

    private static string OutcomeOf(SubmissionOutcome outcome) => outcome switch
    {
        SubmissionOutcome.Accepted => "accepted",
        SubmissionOutcome.Rejected => "rejected",
        SubmissionOutcome.NotSent => "not_sent",
        SubmissionOutcome.Deferred => "deferred",
        SubmissionOutcome.Unknown => "unknown",
        SubmissionOutcome.UnderWay or SubmissionOutcome.NotAccepted => throw new InvalidOperationException("no call ends like this"),
    };

    private static string LeadingTo(HttpExchange exchange) => exchange.LeadsTo is { } target ? $"; it leads to {target}, give that as --url if it is the right one" : "";

    private static JsonResponse AnswerOf(ProviderAccount account, RawResponse reply, IEnumerable<KeyValuePair<string, string>> form) =>
        new(reply.Exchange.Status, reply.Body, account.Mask, account.Sign, form.Where(field => field.Key != "action"));

    /// <exception cref="ArgumentOutOfRangeException">There are no ids, or too many for one call.</exception>
    private static KeyValuePair<string, string> Ids(string name, IReadOnlyList<string> ids)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ids.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, Limits.BatchIds);
        return ids.Count == 1 ? new(name, ids[0]) : new($"{name}s", string.Join(',', ids));
    }
}
