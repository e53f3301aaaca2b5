using Microsoft.Data.Sqlite;
using PanelServer.Cancels;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Data.Entities;
using PanelServer.Idempotency;
using PanelServer.Jobs;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Simulated;
using PanelServer.Refills;
using PanelServer.Resellers;
using PanelServer.Sandbox;
using PanelServer.Subscriptions;

namespace PanelServer.Hosting;

/// <summary>
/// One open panel: its folder under lock, its database, and every use case put together in one place. The server and the
/// verbs that change something hold one; there is at most one in the world for a folder.
/// </summary>
internal sealed class Panel : IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly ILoggerFactory _logs;
    private readonly ProviderHttp _http;
    private bool _isAbandoned;

    private Panel(PanelFolder folder, PanelSettings settings, FolderLock folderLock, ILoggerFactory logs)
    {
        _lock = folderLock;
        _logs = logs;
        Folder = folder;
        Settings = settings;
        Database = folder.Database;
        Readers = new(Database);
        Services = new(Readers, settings.SellUndeliverable);
        Writes = new(() => UnitOfWork.Open(Database, settings.MaxPages), logs.CreateLogger<WriteQueue>(), Readers, Services.Forget);
        LinkBlocks = new(Readers);
        Callers = new(Readers);
        KeyRing = new(folder);
        _http = new(CallBounds.Usual.Within(TimeSpan.FromSeconds(settings.SendSeconds), TimeSpan.FromSeconds(settings.AskSeconds)));
        Upstream = new(Readers, KeyRing, new ProviderClient(_http));
        Dispatcher = new(
            Upstream,
            new DispatchContext(Writes, Readers, TimeProvider.System, Upstream.Api, CrashAt.FromEnvironment(), logs.CreateLogger<ProviderDispatcher>()),
            WatchServices,
            TimeSpan.FromSeconds(settings.StopSeconds));
    }

    public PanelFolder Folder { get; }
    public PanelSettings Settings { get; }
    public PanelDatabase Database { get; }
    public WriteQueue Writes { get; }
    public ReaderPool Readers { get; }
    public CurrentCatalogue Services { get; }
    /// <summary>The bans and holds of links.</summary>
    public CurrentLinkBlocks LinkBlocks { get; }

    public CallerCache Callers { get; }

    /// <summary>Encrypts the keys of providers.</summary>
    public SecretProtector KeyRing { get; }

    /// <summary>The providers as they can be called.</summary>
    public ProviderDirectory Upstream { get; }

    /// <summary>Speaks with providers; a serving panel starts it.</summary>
    public ProviderDispatcher Dispatcher { get; }

    /// <summary>Whether the database was made by this opening.</summary>
    public bool IsNew { get; private set; }

    public string Currency { get; private set; } = Domain.Currency.Default;

    /// <summary>Real time, or the sandbox's own.</summary>
    public TimeProvider Clock { get; private set; } = TimeProvider.System;

    public Bulk Bulk => new(Writes, Clock);
    public PlaceOrder PlaceOrder => new(Writes, Clock, FirstReportDelay, Dispatcher.Wake);
    public ReadOrders ReadOrders => new(Readers);
    public MoveOrder MoveOrder => new(Writes, Clock);
    public CorrectOrder CorrectOrder => new(Writes, Clock);
    public IndexOrders IndexOrders => new(Writes);
    public BlockLinks BlockLinks => new(Writes, LinkBlocks, Clock);
    public PauseRuns PauseRuns => new(Writes, Clock);
    public ApplyProviderStatus HearProvider => new(Writes, Clock);
    public ManualReviews Reviews => new(Writes, Clock);
    public ManageProviders ManageProviders => new(Writes, Upstream, KeyRing, Clock);
    public ManageRoutes ManageRoutes => new(Writes, Services, Upstream, Clock);
    public ReconcileSubmission ResolveUnknown => new(Writes, Upstream, Clock);
    public AppearPosts AppearPosts => new(Writes, LinkBlocks, Clock);
    public RequestRefill RequestRefill => new(Writes, Services, Clock, FirstReportDelay);
    public ReadRefills ReadRefills => new(Readers);
    public MoveRefill MoveRefill => new(Writes, Clock);
    public RequestCancel RequestCancel => new(Writes, Services, Clock, FirstReportDelay);
    public AnswerCancel AnswerCancel => new(Writes, Clock);
    public ReadBalance ReadBalance => new(Readers);
    public MakePayment MakePayment => new(Writes, Clock);
    public ManageResellers ManageResellers => new(Writes, Callers, Clock);
    public ManageServices ManageServices => new(Writes, Services, Clock, static (unit, service, now) => MarginGuard.Locked(unit, service, now));
    public ImportServices ImportServices => new(Writes, Services, Clock);
    public ImportUpstream ImportUpstream => new(Writes, Database, Services, Clock);
    public SyncServices SyncServices => new(Writes, Database, Services, Clock);
    public CompareCatalogue WatchServices => new(Writes, Database, Clock);
    public SetMarkup SetMarkup => new(Writes, Clock);
    public SetWords SetWords => new(Writes, Clock);
    public Alerts Alerts => new(Writes, Clock);

    /// <summary>Everything that happens by itself.</summary>
    public JobRunner Jobs => new(
        Writes,
        Readers,
        Clock,
        new Dictionary<WorkKind, IJob>
        {
            [WorkKind.Order] = new SimulatedProvider.OrderJob(),
            [WorkKind.Refill] = new SimulatedProvider.RefillJob(),
            [WorkKind.Cancel] = new SimulatedProvider.CancelJob(),
            [WorkKind.Run] = new DripFeedRuns(PlaceOrder, LinkBlocks),
            [WorkKind.Post] = new OrderPost(PlaceOrder, LinkBlocks),
            [WorkKind.Expiry] = new ExpireSubscription(),
        },
        _logs.CreateLogger<JobRunner>());

    /// <summary>A sandbox's orders are the simulated provider's; a real panel's are delivered by its operators.</summary>
    private TimeSpan? FirstReportDelay => Folder.IsSandbox ? SimulatedOutcome.FirstReportDelay : null;

    /// <summary>Opens a panel, making its folder and database if there are none.</summary>
    /// <exception cref="PanelException">It cannot be opened; the message is one line that says why and what to do.</exception>
    /// <param name="folder">Which.</param>
    /// <param name="settings">The settings that hold for it.</param>
    /// <param name="logs">Where engine errors are told.</param>
    /// <param name="patience">How long to wait while another process has the folder.</param>
    public static async Task<Panel> OpenAsync(PanelFolder folder, PanelSettings settings, ILoggerFactory logs, TimeSpan patience)
    {
        var folderLock = await FolderLock.TakeAsync(folder.Path, patience) ?? throw new FolderInUseException(
            $"the data folder {folder.Path} is in use by another panelserver; stop it, or choose another with --data");
        var isThere = File.Exists(folder.Database.Path);
        Panel? panel = null;
        try
        {
            panel = new(folder, settings, folderLock, logs);
            await panel.IdentifyAsync();
            return panel;
        }
        catch (Exception error)
        {
            if (panel is not null)
            {
                panel._isAbandoned = !isThere;
                await panel.DisposeAsync();
            }
            else
            {
                if (!isThere)
                {
                    RemoveNew(folder, folderLock);
                }

                folderLock.Dispose();
            }

            throw error switch
            {
                SqliteException => Unopened(folder, error),
                WritesUnavailableException { InnerException: { } cause } => Unopened(folder, cause),
                _ => error,
            };
        }
    }

    /// <summary>
    /// What a serving panel does all the time: each is one bounded pass, and says whether there may be more to do.
    /// </summary>
    public IReadOnlyList<Func<Task<bool>>> Passes()
    {
        var jobs = Jobs;
        return
        [
            async () => await jobs.RunOnceAsync() == JobRunner.PassSize,
            IndexOrders.RunOnceAsync,
            new PurgeExpiredKeys(Writes, Clock).RunOnceAsync,
        ];
    }

    /// <summary>Whoever made this panel was refused what it was made for: closing it removes it again.</summary>
    public void AbandonIfNew() => _isAbandoned = IsNew;

    /// <summary>Finishes what waits, closes the database and gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Dispatcher.DisposeAsync();
        _http.Dispose();

        // Readers first, so that the writer is the last connection and folds the log into the file.
        Readers.Dispose();
        await Writes.DisposeAsync();
        if (_isAbandoned)
        {
            RemoveNew(Folder, _lock);
        }

        _lock.Dispose();
    }

    /// <summary>Removes a database that was just made, and the folder if it was made with it.</summary>
    private static void RemoveNew(PanelFolder folder, FolderLock folderLock)
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(folder.Database.Path + part);
        }

        folderLock.RemoveWhatItMade();
    }

    private static PanelException Unopened(PanelFolder folder, Exception cause) =>
        new(
            DamageWatch.IsDamage(cause)
                ? $"the database {folder.Database.Path} is damaged ({cause.Message}); see `panelserver check`; `panelserver restore FILE --force` puts a backup in its place"
                : $"the database {folder.Database.Path} cannot be used: {cause.Message}",
            cause);

    private async Task IdentifyAsync()
    {
        var identity = Readers.Read(0, static (reader, _) => PanelIdentity.Read(reader));
        IsNew = identity is null;
        identity ??= await CreateAsync();
        if (identity.Unfit(Folder, Settings.Currency) is { } why)
        {
            throw new PanelException(why);
        }

        if (Folder.IsSandbox && Upstream.All().Count > 0)
        {
            throw new PanelException($"{Folder.Database.Path} holds a real provider: it is never used as a sandbox");
        }

        Currency = identity.Currency;
        await RecoverInterruptedSubmissions.RunAsync(Writes, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        Clock = identity.Clock is { } instant ? new SandboxClock(instant) : TimeProvider.System;
        if (identity.Clock is { } stoodAt && !IsNew)
        {
            // The clock may have been stopped on its way, before it told how far the orders are.
            await SimulatedProvider.ReportProgressAsync(Writes, stoodAt);
        }
    }

    private async Task<PanelIdentity> CreateAsync()
    {
        if (Folder.IsSandbox)
        {
            return await Writes.RunAsync(ActorContext.System, SandboxWorld.Create);
        }

        var identity = new PanelIdentity(IsSandbox: false, Settings.Currency ?? Domain.Currency.Default, Clock: null, Seed: null);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return await Writes.RunAsync(ActorContext.System, unit =>
        {
            PanelIdentity.Write(unit, identity, now);
            return identity;
        });
    }
}
