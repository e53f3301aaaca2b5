using System.Collections.Frozen;
using PanelServer.Hosting;

namespace PanelServer.Contract.Actions;

/// <summary>The whole contract in one table: every action and alias, and what answers it.</summary>
internal sealed class ActionTable
{
    private readonly FrozenDictionary<string, (string Name, IContractAction Action)> _actions;

    public ActionTable(Panel panel, OfferedCatalogues catalogues)
    {
        var status = new StatusAction(panel.ReadOrders, panel.Currency);
        (string Word, string Name, IContractAction Action)[] table =
        [
            (ServicesAction.Name, ServicesAction.Name, new ServicesAction(catalogues)),
            (AddAction.Name, AddAction.Name, new AddAction(panel.Services, panel.PlaceOrder, panel.Clock)),
            (StatusAction.Name, StatusAction.Name, status),
            ("orders", StatusAction.Name, status),
            ("multi_status", StatusAction.Name, status),
            ("statuses", StatusAction.Name, status),
            (RefillAction.Name, RefillAction.Name, new RefillAction(panel.RequestRefill)),
            (RefillStatusAction.Name, RefillStatusAction.Name, new RefillStatusAction(panel.ReadRefills)),
            (CancelAction.Name, CancelAction.Name, new CancelAction(panel.RequestCancel)),
            (BalanceAction.Name, BalanceAction.Name, new BalanceAction(panel.ReadBalance, panel.Currency)),
        ];
        _actions = table.ToFrozenDictionary(
            row => row.Word,
            row => (row.Name, row.Action),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The action a form asks for, with its own name; null when it asks for none.</summary>
    public (string Name, IContractAction Action)? Find(ContractForm form)
    {
        // Several published clients leave the action out of their refill_status calls.
        var word = form.Given(ContractFields.Action)
            ?? (form.Given("refill") is not null || form.Given("refills") is not null ? RefillStatusAction.Name : "");
        return _actions.TryGetValue(word, out var found) ? found : null;
    }

    /// <summary>The own name of an action, by any word for it; null when there is none.</summary>
    public string? NameOf(string word) => _actions.TryGetValue(word, out var found) ? found.Name : null;
}
