using System.Globalization;
using System.Net;
using PanelServer.Catalogue;
using PanelServer.Data;
using PanelServer.Providers;
using PanelServer.ResellerApi;

namespace PanelServer.Hosting.Settings;

/// <summary>Everything an operator may set.</summary>
internal static class SettingsTable
{
    public static readonly SettingsSection<PanelOptions> Panel = new(
        "Panel",
        new("Currency", "an ISO 4217 code such as USD", (panel, text) => Domain.Currency.IsKnown(text) && Set(() => panel.Currency = text)),
        new(
            "TimeZone",
            "an IANA time zone such as Europe/Istanbul",
            (panel, text) => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && Set(() => panel.TimeZone = zone)));

    public static readonly SettingsSection<ContractOptions> Contract = new(
        "Contract",
        new("Get", "Off, Read or All", (contract, text) => Word(text, (GetAccess get) => contract.Get = get)),
        new("MaxBody", "bytes, 1024 to 104857600", (contract, text) => Number(text, 1024, 104_857_600, n => contract.MaxBody = n)),
        new("Dripfeed", "true or false", (contract, text) => bool.TryParse(text, out var show) && Set(() => contract.Dripfeed = show)));

    public static readonly SettingsSection<CatalogueOptions> Catalogue = new(
        "Catalogue",
        new Setting<CatalogueOptions>(
            "SellUndeliverable",
            "true or false",
            (catalogue, text) => bool.TryParse(text, out var sell) && Set(() => catalogue.SellUndeliverable = sell)));

    public static readonly SettingsSection<LimitOptions> Limits = new(
        "Limits",
        new("CallsPerSecond", "0 (no limit) to 1000000", (limits, text) => Number(text, 0, 1_000_000, n => limits.CallsPerSecond = n)),
        new("ConcurrentCalls", "0 (no limit) to 100000", (limits, text) => Number(text, 0, 100_000, n => limits.ConcurrentCalls = n)),
        new("FailedKeysPerMinute", "0 (no limit) to 100000", (limits, text) => Number(text, 0, 100_000, n => limits.FailedKeysPerMinute = n)));

    public static readonly SettingsSection<DatabaseOptions> Database = new(
        "Database",
        new Setting<DatabaseOptions>("MaxPages", "pages, 0 (no limit) to 1073741823", (database, text) => Number(text, 0, 1_073_741_823, n => database.MaxPages = n)));

    public static readonly SettingsSection<ProviderOptions> Providers = new(
        "Providers",
        new("SendSeconds", "seconds, 1 to 600", (providers, text) => Number(text, 1, 600, n => providers.SendSeconds = n)),
        new("AskSeconds", "seconds, 1 to 600", (providers, text) => Number(text, 1, 600, n => providers.AskSeconds = n)),
        new("StopSeconds", "seconds, 0 to 600", (providers, text) => Number(text, 0, 600, n => providers.StopSeconds = n)));

    public static readonly SettingsSection<LogOptions> Log = new(
        "Log",
        new(
            "Level",
            "Trace, Debug, Information, Warning, Error, Critical or None",
            (log, text) => Word(text, (LogLevel level) => log.Level = level)),
        new("Format", "Text or Json", (log, text) => Word(text, (LogFormat format) => log.Format = format)),
        new("Calls", "Off, Failed, Sampled or All", (log, text) => Word(text, (CallLines calls) => log.Calls = calls)));

    public static readonly SettingsSection<HostingOptions> Hosting = new(
        "Hosting",
        new Setting<HostingOptions>("TrustedProxies", "IP addresses separated by commas", (hosting, text) => Addresses(text) is { } list && Set(() => hosting.TrustedProxies = list)));

    private static readonly SettingsSection[] Sections = [Panel, Contract, Catalogue, Limits, Database, Providers, Log, Hosting];

    /// <summary>Every setting there is, with what it takes.</summary>
    public static IEnumerable<(string Name, string Wanted)> Names => Sections.SelectMany(section => section.Settings);

    /// <summary>What is wrong with a configuration, one line for each setting.</summary>
    public static IEnumerable<string> Errors(IConfiguration configuration) =>
        configuration.GetChildren()
            .Where(child => !Sections.Any(section => section.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) || child.Value is not null)
            .Select(child => Unknown(child.Path))
            .Concat(Sections.SelectMany(section => section.Errors(configuration)));

    /// <summary>Registers the options of every section.</summary>
    public static IServiceCollection AddPanelOptions(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var section in Sections)
        {
            section.Register(services, configuration);
        }

        return services;
    }

    public static string Unknown(string name) =>
        $"setting {name} does not exist; there are: {string.Join(", ", Names.Select(setting => setting.Name))}";

    private static bool Set(Action set)
    {
        set();
        return true;
    }

    private static bool Word<T>(string text, Action<T> set)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word) && !char.IsAsciiDigit(text[0]) && Set(() => set(word));

    private static bool Number(string text, int least, int most, Action<int> set) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most && Set(() => set(number));

    private static List<IPAddress>? Addresses(string text)
    {
        var list = new List<IPAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPAddress.TryParse(part, out var address))
            {
                return null;
            }

            list.Add(address);
        }

        return list;
    }
}
