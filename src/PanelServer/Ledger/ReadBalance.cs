using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Ledger;

/// <summary>What a reseller can spend.</summary>
internal sealed class ReadBalance(ReaderPool readers)
{
    public Money Of(int reseller) => readers.Read(reseller, static (session, asked) => session.Callers.Balance(asked));
}
