using PanelServer.Data;
using PanelServer.Domain.Refills;

namespace PanelServer.Refills;

/// <summary>A reseller's own refills; another's is not there.</summary>
internal sealed class ReadRefills(ReaderPool readers)
{
    public RefillStatus? One(int reseller, int id) =>
        readers.Read((reseller, id), static (session, asked) => session.Orders.Refill(asked.reseller, asked.id));

    /// <summary>The state of each, by id; those that are not there are left out.</summary>
    public Dictionary<int, RefillStatus> Many(int reseller, IReadOnlyList<int> ids) =>
        readers.Read((reseller, ids), static (session, asked) =>
        {
            var found = new Dictionary<int, RefillStatus>();
            foreach (var id in asked.ids)
            {
                if (session.Orders.Refill(asked.reseller, id) is { } status)
                {
                    found[id] = status;
                }
            }

            return found;
        });
}
