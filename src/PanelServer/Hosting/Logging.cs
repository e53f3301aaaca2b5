using PanelServer.Domain;
using PanelServer.Hosting.Settings;
using PanelServer.ResellerApi;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace PanelServer.Hosting;

/// <summary>
/// The log: the one file that knows Serilog. It goes to the error stream, so that what a verb answers stays clean. Keys
/// and query strings are never given to it.
/// </summary>
internal static class Logging
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffK} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <summary>Makes Serilog the host's logger. It goes with the services.</summary>
    public static IServiceCollection AddPanelLog(this IServiceCollection services, LogOptions options) =>
        services.AddSerilog(Open(options), dispose: true);

    private static Serilog.Core.Logger Open(LogOptions options)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(options.Level))

            // The web server's own lines show whole request lines, and some of those hold keys: never below a warning.
            .MinimumLevel.Override("Microsoft.AspNetCore", (LogEventLevel)Math.Max((int)LogEventLevel.Warning, (int)LevelOf(options.Level)))

            // It logs nothing that is not logged elsewhere, but as long as it may, each call pays for an activity of its own.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)

            // Connections that break off are the callers' doing: logged as warnings they would let anybody fill the log.
            .MinimumLevel.Override("Microsoft.AspNetCore.Server.Kestrel", (LogEventLevel)Math.Max((int)LogEventLevel.Error, (int)LevelOf(options.Level)))

            // Everybody may ask whether the server is ready, and the answer says why it is not: the framework's line for each would fill the log.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LevelAlias.Off)

            // The host logs that the start failed, and `serve` says that in one line.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal);
        if (options.Calls != CallLines.Off)
        {
            configuration.MinimumLevel.Override(typeof(CallWatch).FullName!, LogEventLevel.Information);
        }

        configuration = options.Level == LogLevel.None ? configuration
            : options.Format == LogFormat.Json
                ? configuration.WriteTo.Console(new JsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose)
                : configuration.WriteTo.Console(new ShownText(), standardErrorFromLevel: LogEventLevel.Verbose);
        return configuration.CreateLogger();
    }

    private static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        LogLevel.Critical or LogLevel.None => LogEventLevel.Fatal,
    };

    /// <summary>Lines for people, without anything that a terminal would act on.</summary>
    private sealed class ShownText : ITextFormatter
    {
        private readonly MessageTemplateTextFormatter _lines = new(Template, System.Globalization.CultureInfo.InvariantCulture);

        public void Format(LogEvent logEvent, TextWriter output)
        {
            using var line = new StringWriter();
            _lines.Format(logEvent, line);
            output.Write(HiddenCharacters.Shown(line.ToString()));
        }
    }
}
