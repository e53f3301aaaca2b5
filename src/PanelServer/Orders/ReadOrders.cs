using PanelServer.Data;

namespace PanelServer.Orders;

/// <summary>A reseller's own orders; another's is not there.</summary>
internal sealed class ReadOrders(ReaderPool readers)
{
    public OrderView? One(int reseller, int id) =>
        readers.Read((reseller, id), static (session, asked) => session.Orders.One(asked.reseller, asked.id));

    /// <summary>Several orders of one moment, by id; those that are not there are left out.</summary>
    public Dictionary<int, OrderView> Many(int reseller, IReadOnlyList<int> ids) =>
        readers.Read((reseller, ids), static (session, asked) => session.Orders.Many(asked.reseller, asked.ids));
}
