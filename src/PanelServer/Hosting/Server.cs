using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PanelServer.Data;
using PanelServer.Hosting.Settings;
using PanelServer.ResellerApi;
using PanelServer.Sandbox;

namespace PanelServer.Hosting;

/// <summary>The web server: its limits and its doors.</summary>
internal static class Server
{
    /// <summary>Connections at the same time.</summary>
    public const int MaxConnections = 10_000;

    /// <summary>Bytes of the request line: some clients put everything into the query.</summary>
    public const int RequestLineBytes = 64 * 1024;

    /// <summary>
    /// How long calls in flight may take to end when the server is told to stop. They take milliseconds; only a caller
    /// that never sends the rest needs more, and a container gives ten seconds in all.
    /// </summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections that the system holds until they are taken; one beyond them is dropped, and its caller tries again after
    /// a second. The system may hold fewer (net.core.somaxconn).
    /// </summary>
    private const int Backlog = 4_096;

    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);

    /// <summary>The least rate at which a body must come.</summary>
    private static readonly MinDataRate BodyRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>The transport of <c>serve</c>: HTTP on sockets.</summary>
    /// <param name="urls">Where to listen, separated by semicolons.</param>
    public static Action<IWebHostBuilder> Kestrel(string urls) => host => host
        .UseKestrelCore()
        .ConfigureKestrel(Limit)

        .UseSockets(sockets =>
        {
            sockets.Backlog = Backlog;

            // What the listener reads ahead of the program is bounded by nothing else; it takes a whole request line.
            sockets.MaxReadBufferSize = RequestLineBytes;
        })
        .UseSetting(WebHostDefaults.ServerUrlsKey, urls);

    /// <summary>Builds the server and all services of a panel, which is to be opened before the server starts.</summary>
    /// <param name="folder">Whose panel.</param>
    /// <param name="configuration">The settings that hold for it.</param>
    /// <param name="transport">How requests reach it: <see cref="Kestrel"/>, or the memory of a test.</param>
    /// <param name="more">Registers what runs beside it; null where nothing does.</param>
    public static WebApplication Build(
        PanelFolder folder,
        IConfiguration configuration,
        Action<IWebHostBuilder> transport,
        Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        transport(builder.WebHost);
        builder.Services.AddPanelLog(SettingsTable.Log.Read(configuration));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        var proxies = SettingsTable.Hosting.Read(configuration).TrustedProxies;
        builder.Services.AddSingleton(new UnprovenConnections(proxies));
        builder.Services.AddPanel(folder, configuration);

        // A check that is registered is made once, and remembers its last probe.
        builder.Services.AddHealthChecks()
            .AddCheck<WritesCheck>("writes")
            .AddCheck<DamageCheck>("damage");
        builder.Services.AddSingleton<WritesCheck>();
        builder.Services.AddSingleton<HealthEndpoints>();
        builder.Services.AddSingleton<SandboxDoor>();
        more?.Invoke(builder.Services);

        var app = builder.Build();
        if (proxies.Count > 0)
        {
            app.UseForwardedHeaders(Forwarded(proxies));
            app.Use(app.Services.GetRequiredService<UnprovenConnections>().HoldAsync);
        }

        // Made when the server starts, and the panel is open.
        ((IApplicationBuilder)app).Use(_ => Doors(app, folder));
        return app;
    }

    /// <summary>
    /// The end of the pipeline. Few doors: a routing table would be more to read and slower. The contract answers every
    /// unknown path, so that every caller gets JSON.
    /// </summary>
    private static RequestDelegate Doors(WebApplication app, PanelFolder folder)
    {
        var health = app.Services.GetRequiredService<HealthEndpoints>();
        Func<HttpContext, Task> door;
        if (folder.IsSandbox)
        {
            door = app.Services.GetRequiredService<SandboxDoor>().HandleAsync;

            // The end of the server waits for no fault.
            app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<RequestGate>().HurryAll);
        }
        else
        {
            door = app.Services.GetRequiredService<ContractEndpoint>().HandleAsync;
        }

        return context => context.Request.Path.Value switch
        {
            "/healthz" => HealthEndpoints.LiveAsync(context),
            "/readyz" => health.ReadyAsync(context),
            _ => door(context),
        };
    }

    private static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;

        // The contract bounds a body itself, to answer in its own words.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MaxConcurrentConnections = MaxConnections;
        options.Limits.MaxRequestLineSize = RequestLineBytes;
        options.Limits.RequestHeadersTimeout = HeadersWithin;
        options.Limits.MinRequestBodyDataRate = BodyRate;
        var unproven = options.ApplicationServices.GetRequiredService<UnprovenConnections>();
        options.ConfigureEndpointDefaults(listen => listen.Use(next => connection => unproven.HoldAsync(connection, next)));
    }

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(proxy);
        }

        return options;
    }
}
