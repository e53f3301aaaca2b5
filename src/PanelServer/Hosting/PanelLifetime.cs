using Microsoft.Extensions.Options;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Providers;
using PanelServer.Providers.Client;
using PanelServer.Providers.Dispatch;
using PanelServer.Providers.Simulated;
using PanelServer.Sandbox;

namespace PanelServer.Hosting;

/// <summary>
/// Opens and closes a panel in the one safe order: lock the folder, open the database, identify it, recover what a crash
/// left; and back. There is at most one open panel in the world for a folder.
/// </summary>
internal sealed class PanelLifetime(
    PanelFolder folder,
    IOptions<PanelOptions> options,
    HeldFolder held,
    ReaderPool readers,
    QueryReaders queries,
    WriteQueue writes,
    ProviderDirectory providers,
    ProviderHttp http,
    ProviderDispatcher dispatcher,
    TimeProvider clock) : IAsyncDisposable
{
    private readonly Lock _closing = new();
    private PanelIdentity? _identity;
    private bool _isAbandoned;
    private Task? _closed;

    /// <summary>Whether the database was made by this opening.</summary>
    public bool IsNew { get; private set; }

    /// <summary>What the panel is.</summary>
    public PanelIdentity Identity => _identity ?? throw new InvalidOperationException("the panel is not open yet");

    /// <summary>Opens the panel that the services are for, making its folder and database if there are none.</summary>
    /// <exception cref="PanelException">It cannot be opened; the message is one line that says why and what to do.</exception>
    /// <param name="services">The panel's services, of which nothing that reads or writes was made yet.</param>
    /// <param name="patience">How long to wait while another process has the folder.</param>
    public static async Task<PanelLifetime> OpenAsync(IServiceProvider services, TimeSpan patience)
    {
        var folder = services.GetRequiredService<PanelFolder>();
        var held = services.GetRequiredService<HeldFolder>();
        await held.TakeAsync(patience);
        var isThere = File.Exists(folder.Database.Path);
        PanelLifetime? panel = null;
        try
        {
            // Makes the readers and the write queue, and with it opens the database: under the lock.
            panel = services.GetRequiredService<PanelLifetime>();
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
                    held.RemoveNew();
                }

                held.Dispose();
            }

            throw error switch
            {
                StorageException => Unopened(folder, error),
                WritesUnavailableException { InnerException: { } cause } => Unopened(folder, cause),
                _ => error,
            };
        }
    }

    /// <summary>What this panel was made for was refused: closing it removes it again, if it is new.</summary>
    public void AbandonIfNew() => _isAbandoned = IsNew;

    /// <summary>Finishes what waits, closes the database and gives the folder back.</summary>
    public ValueTask DisposeAsync()
    {
        // Disposed by its opener and by the container: both wait for the same end.
        lock (_closing)
        {
            return new(_closed ??= CloseAsync());
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await dispatcher.DisposeAsync();
        }
        finally
        {
            http.Dispose();

            // Readers first, so that the writer is the last connection and makes the last checkpoint.
            readers.Dispose();
            queries.Dispose();
            await writes.DisposeAsync();
            if (_isAbandoned)
            {
                held.RemoveNew();
            }

            held.Dispose();
        }
    }

    private static PanelException Unopened(PanelFolder folder, Exception cause) =>
        new(
            DamageWatch.IsDamage(cause)
                ? $"the database {folder.Database.Path} is damaged ({cause.Message}); see `panelserver check`; `panelserver restore FILE --force` puts a backup in its place"
                : $"the database {folder.Database.Path} cannot be used: {cause.Message}",
            cause);

    private async Task IdentifyAsync()
    {
        var identity = readers.Read(0, static (session, _) => session.Identity());
        IsNew = identity is null;
        identity ??= await CreateAsync();
        if (identity.Unfit(folder, options.Value.Currency) is { } why)
        {
            throw new PanelException(why);
        }

        if (folder.IsSandbox && providers.All().Count > 0)
        {
            throw new PanelException($"{folder.Database.Path} holds a real provider: it is never used as a sandbox");
        }

        _identity = identity;
        await RecoverInterruptedSubmissions.RunAsync(writes, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        if (clock is SandboxClock sandbox && identity.Clock is { } stoodAt)
        {
            sandbox.Instant = stoodAt;
            if (!IsNew)
            {
                // The clock may have been stopped on its way, before it told how far the orders are.
                await SimulatedProvider.ReportProgressAsync(writes, stoodAt);
            }
        }
    }

    private async Task<PanelIdentity> CreateAsync()
    {
        if (folder.IsSandbox)
        {
            return await writes.RunAsync(ActorContext.System, SandboxWorld.Create);
        }

        var identity = new PanelIdentity(IsSandbox: false, options.Value.Currency ?? Currency.Default, Clock: null, Seed: null);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return await writes.RunAsync(ActorContext.System, unit =>
        {
            PanelIdentity.Write(unit, identity, now);
            return identity;
        });
    }
}
