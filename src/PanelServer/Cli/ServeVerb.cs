using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using PanelServer.Data;
using PanelServer.Hosting;
using PanelServer.Hosting.Settings;
using PanelServer.Sandbox;

namespace PanelServer.Cli;

/// <summary><c>serve</c>: runs the server until it is stopped.</summary>
internal static class ServeVerb
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>What the program is, and below it how to start.</summary>
    public const string Program =
        "PanelServer: a panel that resellers order from by the standard API.\n\n"
        + "To start:\n  panelserver serve --data ./panel      a panel in ./panel; it says what to do next\n  panelserver serve --sandbox           an invented world to try everything in, forgotten at its end";

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = "Where to listen; port 0 picks one",
        HelpName = "URL",
        DefaultValueFactory = _ => DefaultUrl,
    };

    private const string Standing = "standing";
    private const string Real = "real";

    private static readonly Option<string> Clock = ClockOption();

    // What a .NET test host passes to every program it hosts; they mean nothing here.
    private static readonly Option<string>[] HostOptions =
    [
        new("--environment") { Hidden = true },
        new("--contentRoot") { Hidden = true },
        new("--applicationName") { Hidden = true },
    ];

    public static Command Command(Verbs verbs)
    {
        var serve = new Command(
            "serve",
            "Runs the server.\n\nExamples:\n  panelserver serve --data /srv/panel --urls http://0.0.0.0:5080\n  panelserver serve --sandbox\n  panelserver serve --sandbox --clock real --urls http://127.0.0.1:5090");
        serve.Add(Urls);
        serve.Add(Clock);
        AddHostOptions(serve);
        return verbs.Plain(serve, ServeAsync);
    }

    /// <summary>The program without a verb prints help. A .NET test host, which cannot give a verb, serves.</summary>
    public static void ShapeProgram(Verbs verbs, RootCommand program)
    {
        AddHostOptions(program);
        verbs.Plain(program, async (context, cancel) =>
            HostOptions.Any(option => context.Get(option) is not null) ? await ServeAsync(context, cancel)
            : context.IsBare ? context.Help()
            : context.WrongUse("A verb is missing, such as `panelserver serve`. See `panelserver --help`."));
    }

    private static void AddHostOptions(Command command)
    {
        foreach (var option in HostOptions)
        {
            command.Add(option);
        }
    }

    private static async Task<int> ServeAsync(VerbContext context, CancellationToken cancel)
    {
        var urls = context.Get(Urls) ?? DefaultUrl;
        if (Unusable(urls) is { } why)
        {
            return context.Refuse(why);
        }

        var isClockReal = context.Get(Clock) == Real;
        if (context.Get(Clock) is not null && !context.Folder.IsSandbox)
        {
            return context.WrongUse("--clock is for a sandbox: add --sandbox. A panel's clock always goes. See `panelserver serve --help`.");
        }

        using var temporary = context.Folder.IsSandbox && !context.IsDataGiven ? TemporaryFolder.Create() : null;
        var folder = temporary is null ? context.Folder : PanelFolder.Of(temporary.Path, isSandbox: true);
        var settings = SettingsReader.Read(folder);

        // A write past the process's file-size limit is an error to answer, not a reason to end.
        using var fileSizeLimit = IgnoreFileSizeSignal();
        await using var server = Server.Build(
            folder,
            settings,
            Server.Kestrel(urls),
            services => services.AddHostedService<AdminSocketService>().AddBackgroundServices(folder, isClockReal));
        PanelLifetime? opened = null;
        var held = await FolderTurn.WaitAsync(
            context,
            async () =>
            {
                try
                {
                    opened = await PanelLifetime.OpenAsync(server.Services, TimeSpan.Zero);
                    return null;
                }
                catch (FolderInUseException error)
                {
                    return error.Message;
                }
            },
            cancel);
        if (held is not null)
        {
            return context.Refuse(held);
        }

        await using var panel = opened!;
        server.Lifetime.ApplicationStarted.Register(() => FirstWords(context, folder, panel, server, isClockReal));
        try
        {
            await server.StartAsync(cancel);
        }
        catch (Exception error) when (error is IOException or SocketException or FormatException or InvalidOperationException)
        {
            await server.StopAsync(CancellationToken.None);
            panel.AbandonIfNew();
            return context.Refuse($"cannot listen on {urls}: {error.Message.TrimEnd('.')}; choose another with --urls");
        }

        await server.WaitForShutdownAsync(cancel);
        return VerbContext.Done;
    }

    private static void FirstWords(VerbContext context, PanelFolder folder, PanelLifetime panel, WebApplication server, bool isClockReal)
    {
        var url = server.Urls.FirstOrDefault() ?? DefaultUrl;
        var output = context.Output;
        if (folder.IsSandbox)
        {
            output.WriteLine($"sandbox in {folder.Path}{(isClockReal ? ", its clock goes by itself" : "")}; place an order:");
            output.WriteLine($"  curl {url}/api/v2 -d key={SandboxWorld.DemoKey} -d action=add -d service=1 -d link=https://example.com/p/1 -d quantity=100");
        }
        else if (panel.IsNew)
        {
            var data = context.IsDataGiven ? $" --data {Quoted(folder.Path)}" : "";
            output.WriteLine($"new panel in {folder.Path}, currency {panel.Identity.Currency}. Next, in another terminal:");
            output.WriteLine($"  panelserver reseller add alice --balance 10{data}");
            output.WriteLine($"  panelserver service add --type Default --category First --name Followers --rate 0.90 --min 50 --max 10000{data}");
            output.WriteLine($"  panelserver key issue alice{data}");
        }

        output.WriteLine($"listening on {url}");
        output.Flush();
    }

    /// <summary>A path as a shell reads it.</summary>
    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Why the server cannot listen there, found before anything is opened.</summary>
    private static string? Unusable(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url.Replace("://+", "://any", StringComparison.Ordinal).Replace("://*", "://any", StringComparison.Ordinal), UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
            {
                return $"cannot listen on {url}: it is not a URL such as {DefaultUrl}";
            }

            if (address.Scheme == Uri.UriSchemeHttps)
            {
                return $"cannot listen on {url}: the server speaks plain HTTP; put a reverse proxy in front of it for https";
            }
        }

        return null;
    }

    private static Option<string> ClockOption()
    {
        var clock = new Option<string>("--clock")
        {
            HelpName = $"{Standing}|{Real}",
            Description = "A sandbox's clock: it stands still until a control call moves it (default), or goes by itself",
        };
        clock.AcceptOnlyFromAmong(Standing, Real);
        return clock;
    }

    private static PosixSignalRegistration? IgnoreFileSizeSignal()
    {
        const int FileSizeSignalOfLinux = 25;
        return OperatingSystem.IsLinux()
            ? PosixSignalRegistration.Create((PosixSignal)FileSizeSignalOfLinux, signal => signal.Cancel = true)
            : null;
    }
}
