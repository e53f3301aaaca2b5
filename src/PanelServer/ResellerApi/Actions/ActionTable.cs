using System.Collections.Frozen;

namespace PanelServer.ResellerApi.Actions;

/// <summary>The whole contract in one table: every action and alias, and what answers it.</summary>
internal sealed class ActionTable
{
    private readonly FrozenDictionary<string, (string Name, IContractAction Action)> _actions;

    public ActionTable(
        ServicesAction services,
        AddAction add,
        StatusAction status,
        RefillAction refill,
        RefillStatusAction refillStatus,
        CancelAction cancel,
        BalanceAction balance)
    {
        (string Word, string Name, IContractAction Action)[] table =
        [
            (ServicesAction.Name, ServicesAction.Name, services),
            (AddAction.Name, AddAction.Name, add),
            (StatusAction.Name, StatusAction.Name, status),
            ("orders", StatusAction.Name, status),
            ("multi_status", StatusAction.Name, status),
            ("statuses", StatusAction.Name, status),
            (RefillAction.Name, RefillAction.Name, refill),
            ("multiple_refill", RefillAction.Name, refill),
            (RefillStatusAction.Name, RefillStatusAction.Name, refillStatus),
            ("multiple_refill_status", RefillStatusAction.Name, refillStatus),
            (CancelAction.Name, CancelAction.Name, cancel),
            (BalanceAction.Name, BalanceAction.Name, balance),
        ];
        _actions = table.ToFrozenDictionary(
            row => row.Word,
            row => (row.Name, row.Action),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The action a call asks for, with its own name; null when it asks for none.</summary>
    /// <param name="form">The call's parameters.</param>
    /// <param name="isPost">Whether it may change something without saying so.</param>
    public (string Name, IContractAction Action)? Find(ContractForm form, bool isPost)
    {
        var word = form.Given(ContractFields.Action) ?? MeantWithoutWord(form, isPost);
        return word is not null && _actions.TryGetValue(word, out var found) ? found : null;
    }

    /// <summary>The own name of an action, by any word for it; null when there is none.</summary>
    public string? NameOf(string word) => _actions.TryGetValue(word, out var found) ? found.Name : null;

    /// <summary>The sample client that this market copies from leaves the action out of its refill calls.</summary>
    private static string? MeantWithoutWord(ContractForm form, bool isPost) =>
        form.Given("refill") is not null || form.Given("refills") is not null ? RefillStatusAction.Name
        : isPost
            && (form.Given("order") is not null || form.Given("orders") is not null)
            && form.GivesOnly(ContractFields.Key, ContractFields.RequestId, "order", "orders")
            ? RefillAction.Name
        : null;
}
