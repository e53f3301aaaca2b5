using PanelServer.Data;

namespace PanelServer.Hosting.Settings;

/// <summary>
/// Reads the settings: the program's defaults, then <c>appsettings.json</c> in the data folder, then the environment
/// (<c>PANEL__Section__Name</c>). A name or a value that does not exist stops the start.
/// </summary>
internal static class SettingsReader
{
    private const string EnvironmentPrefix = "PANEL__";

    /// <summary>Nothing is set: every setting has its default.</summary>
    public static IConfiguration Defaults { get; } = new ConfigurationBuilder().Build();

    /// <summary>Reads the settings that hold for a folder.</summary>
    /// <exception cref="SettingsException">Settings are unknown, impossible or unreadable; there is one line for each.</exception>
    public static IConfiguration Read(PanelFolder folder)
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

        // Before anything is made of them: the log, too, is set up by settings.
        var errors = SettingsTable.Errors(configuration).ToList();
        return errors.Count == 0 ? configuration : throw new SettingsException(errors);
    }
}
