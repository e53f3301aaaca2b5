using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Providers.Dispatch;
using PanelServer.Tests.Providers.Catalogue;

namespace PanelServer.Tests.Providers.Dispatch;

/// <summary>Workers are made once for a provider as it is set up, and replaced ones are disposed when nobody uses them.</summary>
public sealed class ProviderWorkersTests
{
    [Fact]
    public async Task A_replaced_worker_is_disposed_when_its_last_user_has_returned_it()
    {
        await using var selling = await SellingPanel.OpenAsync();
        await using var workers = WorkersOf(selling.Panel);
        var provider = selling.Panel.Upstream.All()[0];
        var first = workers.Rent(provider)!;
        using (var again = workers.Rent(provider with { Failures = 3, BalanceAt = 5 })!)
        {
            Assert.Same(first.Worker, again.Worker);
        }

        using var replaced = workers.Rent(provider with { Concurrency = provider.Concurrency + 1 })!;
        Assert.NotSame(first.Worker, replaced.Worker);
        Assert.False(IsDisposed(first.Worker));

        first.Dispose();
        await ForwardingPanel.UntilAsync(() => IsDisposed(first.Worker));
        Assert.False(IsDisposed(replaced.Worker));
    }

    [Fact]
    public async Task There_is_no_worker_for_a_provider_whose_key_cannot_be_opened()
    {
        await using var selling = await SellingPanel.OpenAsync();
        await using var workers = WorkersOf(selling.Panel);

        Assert.Null(workers.Rent(selling.Panel.Upstream.All()[0] with { Secret = "not of this ring" }));
    }

    private static ProviderWorkers WorkersOf(Panel panel) =>
        new(panel.Upstream, new(panel.Writes, panel.Readers, TimeProvider.System, panel.Upstream.Api, _ => { }, NullLogger.Instance));

    private static bool IsDisposed(ProviderWorker worker)
    {
        try
        {
            // Nothing is begun: it was told to stop.
            worker.Dispatcher.SubmitAsync(withOrders: false, new CancellationToken(canceled: true), CancellationToken.None).GetAwaiter().GetResult();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
