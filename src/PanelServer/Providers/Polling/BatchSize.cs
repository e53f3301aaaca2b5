using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Providers.Dispatch;

namespace PanelServer.Providers.Polling;

/// <summary>
/// How many ids one call to a provider may hold: as many as the contract allows, until a call is refused and fewer at once are
/// answered. That number is remembered, and tested again after a day.
/// </summary>
/// <param name="channel">The provider.</param>
/// <param name="ofOrders">Of orders; of refills when false: many a panel takes lists of the one and not of the other.</param>
internal sealed class BatchSize(ProviderChannel channel, bool ofOrders)
{
    /// <summary>Ids that one call may ask about by the contract.</summary>
    public const int Max = Limits.BatchIds;

    /// <summary>Until it is looked whether a provider takes more at once again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromDays(1);

    private (int Size, long At)? _known;
    private bool _isRead;

    /// <summary>How many ids the next call asks about.</summary>
    public async Task<int> NextAsync()
    {
        if (!_isRead)
        {
            _known = await channel.Context.Writes.RunAsync(ActorContext.System, Stored);
            _isRead = true;
        }

        return _known is { } known && channel.Now - known.At < (long)LookAgain.TotalMilliseconds ? known.Size : Max;
    }

    /// <summary>Remembers how many ids in one call are answered, and how many are too many.</summary>
    public async Task LearnAsync(int size, CancellationToken abort)
    {
        var now = channel.Now;
        _known = (size, now);
        await channel.WriteAsync(unit => Store(unit, size, now), abort);
    }

    private (int Size, long At)? Stored(UnitOfWork unit)
    {
        var row = unit.Db.Providers.Where(one => one.Id == channel.Provider.Id)
            .Select(one => new { one.OrdersOfCall, one.OrdersOfCallAt, one.RefillsOfCall, one.RefillsOfCallAt })
            .First();
        return (ofOrders ? row.OrdersOfCall : row.RefillsOfCall) is { } size
            ? (size, (ofOrders ? row.OrdersOfCallAt : row.RefillsOfCallAt) ?? 0)
            : null;
    }

    private void Store(UnitOfWork unit, int size, long at)
    {
        var provider = unit.Db.Providers.Where(one => one.Id == channel.Provider.Id);
        _ = ofOrders
            ? provider.ExecuteUpdate(one => one.SetProperty(p => p.OrdersOfCall, size).SetProperty(p => p.OrdersOfCallAt, at))
            : provider.ExecuteUpdate(one => one.SetProperty(p => p.RefillsOfCall, size).SetProperty(p => p.RefillsOfCallAt, at));
    }
}
