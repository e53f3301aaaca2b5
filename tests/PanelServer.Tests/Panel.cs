using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Cancels;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Hosting;
using PanelServer.Hosting.Settings;
using PanelServer.Jobs;
using PanelServer.Ledger;
using PanelServer.Orders;
using PanelServer.Providers;
using PanelServer.Providers.Catalogue;
using PanelServer.Refills;
using PanelServer.Resellers;
using PanelServer.Subscriptions;

namespace PanelServer.Tests;

/// <summary>An open panel without its server, and its use cases by name, for tests of what no door offers as it is.</summary>
internal sealed class Panel : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly PanelLifetime _lifetime;

    private Panel(ServiceProvider services, PanelLifetime lifetime) => (_services, _lifetime) = (services, lifetime);

    /// <summary>All of it, as the server at the socket has it.</summary>
    public IServiceProvider All => _services;

    public PanelFolder Folder => Get<PanelFolder>();
    public PanelDatabase Database => Get<PanelDatabase>();
    public WriteQueue Writes => Get<WriteQueue>();
    public ReaderPool Readers => Get<ReaderPool>();
    public CurrentCatalogue Services => Get<CurrentCatalogue>();
    public SecretProtector KeyRing => Get<SecretProtector>();
    public ProviderDirectory Upstream => Get<ProviderDirectory>();
    public TimeProvider Clock => Get<TimeProvider>();
    public JobRunner Jobs => Get<JobRunner>();
    public Bulk Bulk => Get<Bulk>();
    public PlaceOrder PlaceOrder => Get<PlaceOrder>();
    public ReadOrders ReadOrders => Get<ReadOrders>();
    public MoveOrder MoveOrder => Get<MoveOrder>();
    public CorrectOrder CorrectOrder => Get<CorrectOrder>();
    public IndexOrders IndexOrders => Get<IndexOrders>();
    public PauseRuns PauseRuns => Get<PauseRuns>();
    public ApplyProviderStatus HearProvider => Get<ApplyProviderStatus>();
    public ManualReviews Reviews => Get<ManualReviews>();
    public AppearPosts AppearPosts => Get<AppearPosts>();
    public RequestRefill RequestRefill => Get<RequestRefill>();
    public MoveRefill MoveRefill => Get<MoveRefill>();
    public RequestCancel RequestCancel => Get<RequestCancel>();
    public AnswerCancel AnswerCancel => Get<AnswerCancel>();
    public ReadBalance ReadBalance => Get<ReadBalance>();
    public MakePayment MakePayment => Get<MakePayment>();
    public ManageResellers ManageResellers => Get<ManageResellers>();
    public ManageServices ManageServices => Get<ManageServices>();
    public ManageRoutes ManageRoutes => Get<ManageRoutes>();
    public ImportUpstream ImportUpstream => Get<ImportUpstream>();
    public SyncServices SyncServices => Get<SyncServices>();
    public CompareCatalogue WatchServices => Get<CompareCatalogue>();
    public SetMarkup SetMarkup => Get<SetMarkup>();
    public Alerts Alerts => Get<Alerts>();

    public static async Task<Panel> OpenAsync(PanelFolder folder)
    {
        var services = PanelServices.Build(folder, SettingsReader.Defaults, more => more.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance));
        return new(services, await PanelLifetime.OpenAsync(services, TimeSpan.Zero));
    }

    /// <summary>A service of the panel.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _lifetime.DisposeAsync();
        await _services.DisposeAsync();
    }
}
