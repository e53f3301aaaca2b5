using Microsoft.Extensions.Options;

namespace PanelServer.Hosting.Settings;

/// <summary>One setting of a section.</summary>
/// <param name="Name">Its name within the section.</param>
/// <param name="Wanted">What it takes.</param>
/// <param name="Apply">Reads a text into the options; false when the text is not what it takes.</param>
internal sealed record Setting<T>(string Name, string Wanted, Func<T, string, bool> Apply);

/// <summary>A section of the configuration.</summary>
internal abstract class SettingsSection(string name)
{
    public string Name => name;

    /// <summary>The full name of each setting, and what it takes.</summary>
    public abstract IEnumerable<(string Name, string Wanted)> Settings { get; }

    /// <summary>What is wrong with the section, one line for each setting.</summary>
    public abstract IEnumerable<string> Errors(IConfiguration configuration);

    /// <summary>Registers the section's options: read from the configuration, and validated when the host starts.</summary>
    public abstract void Register(IServiceCollection services, IConfiguration configuration);
}

/// <summary>
/// A section and its options. The texts are read by our own rows and not by the framework's binder: it takes <c>0x10</c> and
/// <c>+5</c> for numbers, and its messages name types.
/// </summary>
/// <param name="name">The section's name.</param>
/// <param name="settings">Its settings.</param>
internal sealed class SettingsSection<T>(string name, params Setting<T>[] settings) : SettingsSection(name)
    where T : class, new()
{
    public override IEnumerable<(string Name, string Wanted)> Settings => settings.Select(setting => (FullName(setting), setting.Wanted));

    public override IEnumerable<string> Errors(IConfiguration configuration) => Fill(configuration, new T());

    /// <summary>The options as they are configured.</summary>
    public T Read(IConfiguration configuration)
    {
        var options = new T();
        Fill(configuration, options);
        return options;
    }

    public override void Register(IServiceCollection services, IConfiguration configuration)
    {
        var reader = new Reader(this, configuration);
        services.AddSingleton<IConfigureOptions<T>>(reader).AddSingleton<IValidateOptions<T>>(reader);
        services.AddOptions<T>().ValidateOnStart();
    }

    private string FullName(Setting<T> setting) => $"{Name}:{setting.Name}";

    private List<string> Fill(IConfiguration configuration, T options)
    {
        var errors = new List<string>();
        foreach (var given in configuration.GetSection(Name).GetChildren())
        {
            if (Array.Find(settings, one => one.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase)) is not { } setting)
            {
                errors.Add(SettingsTable.Unknown(given.Path));
            }
            else if (given.GetChildren().FirstOrDefault() is { } below)
            {
                errors.Add(SettingsTable.Unknown(below.Path));
            }
            else if (given.Value is not null && !setting.Apply(options, given.Value.Trim()))
            {
                errors.Add($"setting {FullName(setting)} cannot be '{given.Value}': it takes {setting.Wanted}");
            }
        }

        return errors;
    }

    private sealed class Reader(SettingsSection<T> section, IConfiguration configuration) : IConfigureOptions<T>, IValidateOptions<T>
    {
        public void Configure(T options) => section.Fill(configuration, options);

        public ValidateOptionsResult Validate(string? name, T options) =>
            section.Errors(configuration).ToList() is { Count: > 0 } errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
