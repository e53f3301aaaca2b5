using System.Globalization;
using System.Net;
using PanelServer.Data;

namespace PanelServer.Hosting;

/// <summary>Which actions GET may ask for (docs/contract.md, "Request").</summary>
internal enum GetAccess
{
    Off,
    Read,
    All,
}

/// <summary>How the log is written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}

/// <summary>Everything an operator may set; the list of names is <see cref="SettingsReader.Names"/>.</summary>
internal sealed record PanelSettings
{
    /// <summary>The panel's currency; null takes what the panel has.</summary>
    public string? Currency { get; init; }

    public GetAccess Get { get; init; } = GetAccess.All;

    /// <summary>Bytes of the largest body.</summary>
    public int MaxBody { get; init; } = 4 * 1024 * 1024;

    /// <summary>Whether <c>services</c> says which services can be split into runs.</summary>
    public bool ShowDripfeed { get; init; } = true;

    /// <summary>Whether services are listed and sold that have routes of which none can be used.</summary>
    public bool SellUndeliverable { get; init; }

    /// <summary>Calls a second for each reseller; 0 = no limit.</summary>
    public int CallsPerSecond { get; init; } = 1_000;

    /// <summary>Calls at the same time for each reseller; 0 = no limit.</summary>
    public int ConcurrentCalls { get; init; } = 500;

    /// <summary>Calls a minute with a wrong key from one address; 0 = no limit.</summary>
    public int FailedKeysPerMinute { get; init; } = 120;

    /// <summary>Pages the database may grow to; 0 = no limit.</summary>
    public int MaxPages { get; init; }

    /// <summary>Seconds until a provider has answered what changes something there; after that nobody knows what came of it.</summary>
    public int SendSeconds { get; init; } = 60;

    /// <summary>Seconds until a provider has answered a question.</summary>
    public int AskSeconds { get; init; } = 30;

    /// <summary>Seconds that calls which change something at a provider may take to end when the server stops.</summary>
    public int StopSeconds { get; init; } = 30;

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>Proxies whose word on the caller's address is taken.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>The sandbox answers everyone as fast as it can.</summary>
    public PanelSettings WithoutCallLimits() =>
        this with { CallsPerSecond = 0, ConcurrentCalls = 0, FailedKeysPerMinute = 0 };
}

/// <summary>
/// Reads the settings: the program's defaults, then <c>appsettings.json</c> in the data folder, then the environment
/// (<c>PANEL__Section__Name</c>). A name or a value that does not exist stops the start.
/// </summary>
internal static class SettingsReader
{
    private const string EnvironmentPrefix = "PANEL__";

    private delegate PanelSettings? Apply(PanelSettings settings, string text);

    private static readonly (string Name, string Wanted, Apply Apply)[] Table =
    [
        ("Panel:Currency", "an ISO 4217 code such as USD",
            (settings, text) => Domain.Currency.IsKnown(text) ? settings with { Currency = text } : null),
        ("Contract:Get", "Off, Read or All",
            (settings, text) => Word(text, out GetAccess get) ? settings with { Get = get } : null),
        ("Contract:MaxBody", "bytes, 1024 to 104857600",
            (settings, text) => Number(text, 1024, 104_857_600) is { } n ? settings with { MaxBody = n } : null),
        ("Contract:Dripfeed", "true or false",
            (settings, text) => bool.TryParse(text, out var show) ? settings with { ShowDripfeed = show } : null),
        ("Catalogue:SellUndeliverable", "true or false",
            (settings, text) => bool.TryParse(text, out var sell) ? settings with { SellUndeliverable = sell } : null),
        ("Limits:CallsPerSecond", "0 (no limit) to 1000000",
            (settings, text) => Number(text, 0, 1_000_000) is { } n ? settings with { CallsPerSecond = n } : null),
        ("Limits:ConcurrentCalls", "0 (no limit) to 100000",
            (settings, text) => Number(text, 0, 100_000) is { } n ? settings with { ConcurrentCalls = n } : null),
        ("Limits:FailedKeysPerMinute", "0 (no limit) to 100000",
            (settings, text) => Number(text, 0, 100_000) is { } n ? settings with { FailedKeysPerMinute = n } : null),
        ("Database:MaxPages", "pages, 0 (no limit) to 1073741823",
            (settings, text) => Number(text, 0, 1_073_741_823) is { } n ? settings with { MaxPages = n } : null),
        ("Providers:SendSeconds", "seconds, 1 to 600",
            (settings, text) => Number(text, 1, 600) is { } n ? settings with { SendSeconds = n } : null),
        ("Providers:AskSeconds", "seconds, 1 to 600",
            (settings, text) => Number(text, 1, 600) is { } n ? settings with { AskSeconds = n } : null),
        ("Providers:StopSeconds", "seconds, 0 to 600",
            (settings, text) => Number(text, 0, 600) is { } n ? settings with { StopSeconds = n } : null),
        ("Log:Level", "Trace, Debug, Information, Warning, Error, Critical or None",
            (settings, text) => Word(text, out LogLevel level) ? settings with { LogLevel = level } : null),
        ("Log:Format", "Text or Json",
            (settings, text) => Word(text, out LogFormat format) ? settings with { LogFormat = format } : null),
        ("Hosting:TrustedProxies", "IP addresses separated by commas",
            (settings, text) => Addresses(text) is { } list ? settings with { TrustedProxies = list } : null),
    ];

    /// <summary>Every setting there is, with what it takes.</summary>
    public static IEnumerable<(string Name, string Wanted)> Names => Table.Select(setting => (setting.Name, setting.Wanted));

    /// <summary>Reads the settings that hold for a folder.</summary>
    /// <exception cref="PanelException">A setting is unknown, impossible or unreadable; the message names it.</exception>
    public static PanelSettings Read(PanelFolder folder)
    {
        IConfiguration configuration;
        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(folder.SettingsFile, optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .Build();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new PanelException($"settings: {error.Message} {error.InnerException?.Message}".Trim(), error);
        }

        var settings = new PanelSettings();
        foreach (var (name, text) in configuration.AsEnumerable())
        {
            // A section of settings has a name and no value of its own.
            if (text is null && Table.Any(setting => setting.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var known = Table.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known.Name is null)
            {
                throw new PanelException(
                    $"setting {name} does not exist; there are: {string.Join(", ", Table.Select(setting => setting.Name))}");
            }

            settings = known.Apply(settings, (text ?? "").Trim())
                ?? throw new PanelException($"setting {known.Name} cannot be '{text}': it takes {known.Wanted}");
        }

        return settings;
    }

    private static bool Word<T>(string text, out T word)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out word) && Enum.IsDefined(word) && !char.IsAsciiDigit(text[0]);

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : null;

    private static IReadOnlyList<IPAddress>? Addresses(string text)
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
