using System.Net;
using System.Text.Encodings.Web;

namespace PanelServer.Providers.PanelApi;

/// <summary>Takes a key out of texts, in each spelling in which a provider may send it back.</summary>
internal sealed class KeyMask
{
    private const string Mask = "[key]";

    private readonly string[] _forms;

    public KeyMask(string key) => _forms =
    [
        .. new[]
            {
                key,
                Uri.EscapeDataString(key),
                WebUtility.UrlEncode(key),
                WebUtility.HtmlEncode(key),
                JavaScriptEncoder.Default.Encode(key),
                key.Replace("/", "\\/", StringComparison.Ordinal),
            }
            .Where(form => form.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(form => form.Length),
    ];

    /// <summary>Characters of the longest spelling; 0 when there is no key.</summary>
    public int Longest => _forms.Length == 0 ? 0 : _forms[0].Length;

    public string Hide(string text)
    {
        foreach (var form in _forms)
        {
            text = text.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }
}
