using PanelServer.Domain.Providers;

namespace PanelServer.Data.Engines.Sqlite;

/// <summary>Providers, and what their words mean.</summary>
internal sealed class ProviderReads(nint connection) : IDisposable
{
    private readonly Statement _providers = new(
        connection,
        $"""
         SELECT id, name, url, secret, internal, currency, exchange, concurrency, per_second, paused, failures, open_until,
                balance, balance_at, low_balance, compared_at, created_at, decimal_sign, {RouteStatements.HasExchange}, probe_at
         FROM providers p ORDER BY id
         """);

    private readonly Statement _words = new(connection, "SELECT word, meaning FROM provider_words WHERE provider_id = ?1");

    /// <summary>Every provider.</summary>
    public List<ProviderView> All()
    {
        var providers = new List<ProviderView>();
        while (_providers.Step())
        {
            providers.Add(new()
            {
                Id = _providers.Int(0),
                Name = _providers.Text(1),
                Url = _providers.Text(2),
                Secret = _providers.Text(3),
                IsInternal = _providers.Int(4) != 0,
                Currency = _providers.IsNull(5) ? null : _providers.Text(5),
                Exchange = new(_providers.Long(6)),
                Concurrency = _providers.Int(7),
                PerSecond = _providers.Int(8),
                Paused = (Pause)_providers.Int(9),
                Failures = _providers.Int(10),
                OpenUntil = _providers.IsNull(11) ? null : _providers.Long(11),
                Balance = _providers.IsNull(12) ? null : _providers.Long(12),
                BalanceAt = _providers.IsNull(13) ? null : _providers.Long(13),
                LowBalance = _providers.IsNull(14) ? null : _providers.Long(14),
                ComparedAt = _providers.IsNull(15) ? null : _providers.Long(15),
                CreatedAt = _providers.Long(16),
                Sign = (DecimalSign)_providers.Int(17),
                HasExchange = _providers.Int(18) != 0,
                ProbeAt = _providers.IsNull(19) ? null : _providers.Long(19),
            });
        }

        return providers;
    }

    /// <summary>What words of a provider mean, by their plain form.</summary>
    public List<KeyValuePair<string, WordMeaning>> WordsOf(int provider)
    {
        var words = new List<KeyValuePair<string, WordMeaning>>();
        _words.Bind(1, provider);
        while (_words.Step())
        {
            words.Add(new(_words.Text(0), (WordMeaning)_words.Int(1)));
        }

        return words;
    }

    public void Dispose()
    {
        _providers.Dispose();
        _words.Dispose();
    }
}
