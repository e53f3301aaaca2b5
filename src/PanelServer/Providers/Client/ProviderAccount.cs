using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>Where a provider is called, and as whom.</summary>
/// <param name="Url">The endpoint: absolute, http or https.</param>
/// <param name="Key">The key it has given to the operator; never written down anywhere.</param>
/// <param name="IsInternal">It may have an address that is not public (see <see cref="PublicAddress"/>).</param>
/// <param name="Sign">What it writes before the decimals of its numbers, as far as that is known.</param>
internal sealed record ProviderAccount(Uri Url, string Key, bool IsInternal, DecimalSign Sign = DecimalSign.Unknown)
{
    /// <summary>How operators call it; what is measured of its calls bears this name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Takes the key out of whatever the provider says.</summary>
    public SecretRedactor Mask { get; } = new(Key);

    /// <summary>Without the key, as a record is easily logged.</summary>
    public override string ToString() => Url.ToString();
}
