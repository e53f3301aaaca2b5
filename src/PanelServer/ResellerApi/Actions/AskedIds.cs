using PanelServer.Domain;

namespace PanelServer.ResellerApi.Actions;

/// <summary>What a call asks about: one id, or a list of them (docs/contract.md, "Batches"). One wins.</summary>
/// <param name="One">The text of the field for one id; null when it is absent or holds a list.</param>
/// <param name="Many">The text that lists ids; null when none does.</param>
internal readonly record struct AskedIds(string? One, string? Many)
{
    /// <summary>Reads the two fields of an action that takes one id or many.</summary>
    public static AskedIds In(ContractForm form, string one, string many)
    {
        var text = IdList.Unbracketed(form.Given(one));
        return WireText.IsAbsent(text) ? new(null, IdList.Unbracketed(form.Text(many)))
            : IdList.IsList(text!) ? new(null, text)
            : new(text, null);
    }
}
