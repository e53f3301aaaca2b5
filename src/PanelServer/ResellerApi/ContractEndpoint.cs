using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Faults;
using PanelServer.Hosting;
using PanelServer.Idempotency;
using PanelServer.ResellerApi.Actions;
using PanelServer.ResellerApi.Dialects;

namespace PanelServer.ResellerApi;

/// <summary>
/// The door of the reseller contract: reads a call, lets it through the gate, runs its action and sends the answer.
/// Whatever happens, the answer is JSON as the contract says (docs/contract.md, "Request" to "Errors").
/// </summary>
internal sealed partial class ContractEndpoint : IDisposable
{
    private const string V2Path = "/api/v2";
    private const string V1Path = "/api/v1";
    private const string RetryHeader = "Idempotency-Key";

    private readonly GetAccess _getAccess;
    private readonly ReaderPool _readers;
    private readonly DamageWatch _damage;
    private readonly CallWatch _watch;
    private readonly ILogger _log;
    private readonly NextFault? _nextFault;
    private readonly CallLimits _limits;
    private readonly ApiKeyAuthenticator _gate;
    private readonly RequestBodies _bodies;
    private readonly ActionTable _actions;
    private readonly OncePerSecond _engineErrors = new();

    /// <param name="options">Which actions GET may ask for, and how large a body may be.</param>
    /// <param name="actions">What answers a call.</param>
    /// <param name="gate">Whose key it is.</param>
    /// <param name="limits">How many calls a reseller may make.</param>
    /// <param name="readers">Where the answers to known idempotency keys are read.</param>
    /// <param name="writes">Knows whether the database was found damaged.</param>
    /// <param name="watch">Notes what calls came to.</param>
    /// <param name="log">Where bugs are logged.</param>
    /// <param name="nextFault">A sandbox's faults; null in a real panel, where nothing goes wrong on purpose.</param>
    public ContractEndpoint(
        IOptions<ContractOptions> options,
        ActionTable actions,
        ApiKeyAuthenticator gate,
        CallLimits limits,
        ReaderPool readers,
        WriteQueue writes,
        CallWatch watch,
        ILogger<ContractEndpoint> log,
        NextFault? nextFault = null)
    {
        (_getAccess, _actions, _gate, _limits) = (options.Value.Get, actions, gate, limits);
        (_readers, _damage, _watch, _log, _nextFault) = (readers, writes.Damage, watch, log, nextFault);
        _bodies = new(options.Value.MaxBody, EarlyReseller);
    }

    /// <summary>Answers a request under <c>/api</c>.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var dialect = DialectOf(context.Request.Path.Value);
        return _watch.IsOn
            ? WatchedAsync(context, dialect)
            : HandleAsync(context, dialect, new ResponseWriter(context, dialect ?? Dialect.V2));
    }

    private Task WatchedAsync(HttpContext context, Dialect? dialect)
    {
        var trace = new CallTrace();
        var reply = new ResponseWriter(context, dialect ?? Dialect.V2, trace);
        return _watch.RunAsync(context.TraceIdentifier, dialect?.Name ?? CallTrace.None, trace, () => HandleAsync(context, dialect, reply));
    }

    private async Task HandleAsync(HttpContext context, Dialect? dialect, ResponseWriter reply)
    {
        try
        {
            await (dialect is null ? reply.RefuseAsync(Refusal.NotFound) : AnswerAsync(context, dialect, reply));
        }
        catch (WritesUnavailableException)
        {
            // The write queue has logged why, once for all calls of a batch.
            await reply.RefuseAsync(Refusal.Unavailable);
        }
        catch (Exception error) when (IsEngineError(error))
        {
            if (!_damage.Detects(error) && _engineErrors.IsNext())
            {
                _log.LogError("Calls cannot be served: {Reason}", error.Message);
            }

            await reply.RefuseAsync(Refusal.Unavailable);
        }
        catch (BadHttpRequestException)
        {
            // The request broke off or was too slow: what came of it cannot be read.
            await reply.RefuseAndCloseAsync(Refusal.IncorrectRequest);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException || context.RequestAborted.IsCancellationRequested)
        {
            // The connection is gone: there is no client left to answer.
            // Said to the listener as well, or it tries to read the rest and logs that it cannot.
            context.Abort();
        }
#pragma warning disable CA1031 // The last resort: a bug is logged here and never shown to the caller.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.LogError(error, "A call failed");
            await reply.RefuseAsync(Refusal.Internal);
        }
    }

    public void Dispose() => _bodies.Dispose();

    // A broken constraint is a bug of ours and no reason to try again; anything else the engine says is about the file.
    private static bool IsEngineError(Exception error) =>
        error is ObjectDisposedException || StorageException.In(error) is { Fault: not StorageFault.Constraint };

    private static Dialect? DialectOf(string? path) => path switch
    {
        V2Path or V2Path + "/" => Dialect.V2,
        V1Path or V1Path + "/" => Dialect.V1,

        // Base addresses that end in a slash, and paths that begin with one, are put together everywhere.
        not null when path.Contains("//", StringComparison.Ordinal) => DialectOf(SlashRuns().Replace(path, "/")),
        _ => null,
    };

    [GeneratedRegex("/{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex SlashRuns();

    private async Task AnswerAsync(HttpContext context, Dialect dialect, ResponseWriter reply)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (!isGet && !HttpMethods.IsPost(context.Request.Method))
        {
            await reply.RefuseAsync(Refusal.MethodNotAllowed);
            return;
        }

        using var body = await _bodies.ReadAsync(context.Request);
        if (body.Refusal is { } unread)
        {
            await reply.RefuseAndCloseAsync(unread);
            return;
        }

        var form = new ContractForm();
        if (!await FormReader.ReadBodyAsync(form, body.Bytes, context.Request.ContentType) || !ReadQuery(context, form))
        {
            await reply.RefuseAsync(Refusal.IncorrectRequest);
            return;
        }

        if (!_gate.Open(form.Given(ContractFields.Key), context.Connection.RemoteIpAddress).Try(out var caller, out var refusal))
        {
            await reply.RefuseAsync(refusal);
            return;
        }

        reply.Trace?.Reseller = caller.Reseller;
        context.Features.Get<UnprovenConnection>()?.Prove();
        using var place = _limits.TryBegin(caller.Reseller);
        if (place is null)
        {
            await reply.RefuseAsync(Refusal.RateLimited);
            return;
        }

        if (_actions.Find(form, isPost: !isGet) is not var (name, action))
        {
            await reply.RefuseAsync(Refusal.IncorrectRequest);
            return;
        }

        reply.Trace?.Action = name;
        if (isGet && !MayBeGot(action, context.Request.Headers))
        {
            await reply.RefuseAsync(Refusal.NotOverGet);
            return;
        }

        Fault? fault = _nextFault is null ? null : await _nextFault(name);
        if (fault is { IsCarriedOut: false } instead)
        {
            await new FaultReply(context, dialect, reply).SendAsync(instead, answer: null);
            return;
        }

        var answer = RetryKeyOf(context, form, caller.Reseller, name, action, dialect).Try(out var retry, out refusal)
            ? await RunAsync(new(caller, form, dialect, retry.Key), action)
            : new Failure(refusal);
        await (fault is { } after ? new FaultReply(context, dialect, reply).SendAsync(after, answer) : reply.SendAsync(answer));
    }

    private async ValueTask<ApiResponse> RunAsync(Call call, IContractAction action) =>
        FirstAnswer(call) ?? await action.RunAsync(call);

    /// <summary>The answer a known idempotency key has already had, looked up before anything else is checked.</summary>
    private ApiResponse? FirstAnswer(Call call)
    {
        if (call.Retry is not { } key)
        {
            return null;
        }

        var known = _readers.Read(key, static (session, asked) => session.Callers.Answer(asked.Reseller, asked.Key));
        return known is null
            ? null
            : Call.Of(IdempotentResult<bool>.Known(known, key), _ => throw new InvalidOperationException("a known key has an answer"));
    }

    private bool MayBeGot(IContractAction action, IHeaderDictionary headers) => !LinkPreview.Is(headers) && _getAccess switch
    {
        GetAccess.Off => false,
        GetAccess.Read => action.IsRead,
        GetAccess.All => true,
    };

    /// <summary>Whose key stands in the query or in the first part of a body; null when it is nobody's who is served.</summary>
    private int? EarlyReseller(HttpRequest request, ReadOnlyMemory<byte> part)
    {
        var query = new ContractForm();
        var key = EarlyKey.Find(part.Span, request.ContentType)
            ?? (ReadQuery(request.HttpContext, query) ? query.Given(ContractFields.Key) : null);
        return key is not null && _gate.CallerOf(key) is { Suspended: false } caller ? caller.Reseller : null;
    }

    private static bool ReadQuery(HttpContext context, ContractForm form)
    {
        form.BeginSource();
        var query = context.Request.QueryString.Value;
        return string.IsNullOrEmpty(query) || FormReader.ReadUrlEncoded(form, Encoding.UTF8.GetBytes(query).AsSpan(1));
    }

    private static Result<MaybeRetryKey> RetryKeyOf(
        HttpContext context,
        ContractForm form,
        int reseller,
        string name,
        IContractAction action,
        Dialect dialect)
    {
        if (action.IsRead)
        {
            return new MaybeRetryKey(null);
        }

        var header = context.Request.Headers[RetryHeader].ToString().Trim();
        var key = header.Length > 0 ? header : form.Given(ContractFields.RequestId);
        if (key is null)
        {
            return new MaybeRetryKey(null);
        }

        return WireText.IsLine(key, Limits.RetryKeyLength)
            ? new MaybeRetryKey(new IdempotencyKey(reseller, key, form.Fingerprint(name, dialect.Name)))
            : Refusal.IncorrectField(ContractFields.RequestId);
    }

    private readonly record struct MaybeRetryKey(IdempotencyKey? Key);
}
