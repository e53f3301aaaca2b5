using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Providers.Client;

namespace PanelServer.Providers;

/// <summary>The providers as they can be called: their addresses, and their keys taken out of the ring.</summary>
internal sealed class ProviderDirectory(ReaderPool readers, SecretProtector ring, ProviderClient api)
{
    public ProviderClient Api => api;

    /// <summary>Every provider as it stands.</summary>
    public IReadOnlyList<ProviderView> All() => readers.Read(0, static (session, _) => session.Providers.All());

    public ProviderView? Find(int id) => All().FirstOrDefault(provider => provider.Id == id);

    public ProviderView? Find(string name) =>
        All().FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// How to call a provider; null when its key cannot be opened any more. The opened key is not kept here: it lives as long
    /// as what is made with the account.
    /// </summary>
    public ProviderAccount? AccountOf(ProviderView provider) => ring.Unprotect(provider.Secret) is { } key
        ? new(new Uri(provider.Url), key, provider.IsInternal, provider.Sign) { Name = provider.Name }
        : null;

    /// <summary>What an operator has said that a provider's words mean.</summary>
    public ProviderWords WordsOf(ProviderView provider) => ProviderWords.Of(readers, provider.Id);

    /// <summary>A provider's whole catalogue.</summary>
    public async Task<Result<UpstreamCatalogue>> ServicesAsync(int id, CancellationToken cancel)
    {
        if (Find(id) is not { } provider)
        {
            return new Refusal("unknown_provider.id", id);
        }

        if (AccountOf(provider) is not { } account)
        {
            return KeyLost(provider.Name);
        }

        var read = await api.ServicesAsync(account, cancel);
        return read.Value is { } catalogue
            ? catalogue
            : new Refusal("provider_unanswered.services", provider.Name, read.Reason);
    }

    /// <summary>What is said of a provider whose key cannot be opened.</summary>
    public static Refusal KeyLost(string provider) => new("key_lost", provider);
}
