using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PanelServer.Domain;

namespace PanelServer.ResellerApi;

/// <summary>
/// The parameters of a call as text (docs/contract.md, "Request"): names and values trimmed, the first of a repeated name
/// wins, <c>name[]</c> and <c>name[n]</c> joined. Sources are added in order of precedence: the body, then the query.
/// </summary>
internal sealed class ContractForm
{
    /// <summary>Parameters of one call, each element of an array counted.</summary>
    public const int MaxFields = 20_000;

    private static readonly string[] IdFields = ["order", "orders", "refill", "refills"];

    // Room for the parameters of nearly every call.
    private readonly Dictionary<string, Field> _fields = new(11, StringComparer.Ordinal);
    private int _added;
    private int _source;

    /// <summary>Begins a source of lower precedence: names that are known already are ignored.</summary>
    public void BeginSource() => _source++;

    /// <summary>Adds a parameter as it was written.</summary>
    /// <returns>False when there are too many.</returns>
    public bool Add(string name, string value)
    {
        if (++_added > MaxFields)
        {
            return false;
        }

        name = name.Trim();
        var isElement = IsElement(name, out var list);
        if (isElement)
        {
            name = list;
        }

        value = value.Trim();
        ref var field = ref CollectionsMarshal.GetValueRefOrAddDefault(_fields, name, out var isKnown);
        if (!isKnown)
        {
            field = new(_source, isElement, value);
        }
        else if (field.Source == _source && field.IsList && isElement)
        {
            field = field.With(value);
        }

        return true;
    }

    /// <summary>The text of a parameter; null when it is absent.</summary>
    public string? Text(string name)
    {
        if (!_fields.TryGetValue(name, out var field))
        {
            return null;
        }

        return field.More is { } more
            ? string.Join(IdFields.Contains(name) ? ',' : '\n', more.Prepend(field.First))
            : field.First;
    }

    /// <summary>The text of a parameter that is there and not empty.</summary>
    public string? Given(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>Whether nothing is given but these parameters.</summary>
    public bool GivesOnly(params ReadOnlySpan<string> names)
    {
        foreach (var name in _fields.Keys)
        {
            if (!names.Contains(name) && Given(name) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// SHA-256 of everything that makes a call what it is: the action, the dialect and all parameters but the key and
    /// the idempotency key, sorted (docs/contract.md, "Safe retry"). Values count as they were sent, not as an action reads them:
    /// a key that was used before this program learned a new reading still finds its answer.
    /// </summary>
    public byte[] Fingerprint(string action, string dialect)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, action);
        Append(hash, dialect);
        foreach (var name in _fields.Keys.Order(StringComparer.Ordinal))
        {
            if (name is not (ContractFields.Key or ContractFields.Action or ContractFields.RequestId))
            {
                Append(hash, name);
                Append(hash, Text(name)!);
            }
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(utf8.Length));
        hash.AppendData(utf8);
    }

    private static bool IsElement(string name, out string list)
    {
        list = name;
        if (!name.EndsWith(']'))
        {
            return false;
        }

        var open = name.LastIndexOf('[');
        var index = open <= 0 ? "x" : name[(open + 1)..^1];
        list = open <= 0 ? name : name[..open];
        return index.Length == 0 || WireText.TryDigits(index, out _);
    }

    /// <summary>A parameter; only a list of several elements has <see cref="More"/> than its first.</summary>
    private readonly record struct Field(int Source, bool IsList, string First, List<string>? More = null)
    {
        public Field With(string element)
        {
            var more = More ?? [];
            more.Add(element);
            return this with { More = more };
        }
    }
}

/// <summary>The parameters that every action knows.</summary>
internal static class ContractFields
{
    public const string Key = "key";
    public const string Action = "action";
    public const string RequestId = "request_id";
}
