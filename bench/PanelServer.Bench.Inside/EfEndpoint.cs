using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using PanelServer.Data;
using PanelServer.Domain;

namespace PanelServer.Bench.Inside;

/// <summary>
/// <c>status</c> of many orders as most would write it: a minimal API, the framework's form, EF Core on the server's own
/// model with pooled contexts and a projection, the framework's JSON. It reads the running server's database file. No key is
/// looked up and no parameter checked, so it has less to do than the server.
/// </summary>
internal static class EfEndpoint
{
    private const int Reseller = 1;

    public static async Task<int> RunAsync(string file)
    {
        string currency;
        using (PanelDb db = new(Options(file)))
        {
            currency = (await db.Panel.SingleAsync()).Currency;
        }
        var contexts = new PooledDbContextFactory<PanelDb>(Options(file));

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.Configure<JsonOptions>(json =>
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
        await using WebApplication app = builder.Build();
        app.MapPost("/api/v2", async (HttpRequest request) =>
        {
            IFormCollection form = await request.ReadFormAsync();
            int[] ids = [.. form["orders"].ToString().Split(',')
                .Select(id => int.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture))];
            await using PanelDb db = await contexts.CreateDbContextAsync();
            var rows = await db.Orders
                .Where(order => ids.Contains(order.Id) && order.ResellerId == Reseller)
                .Select(order => new
                {
                    order.Id,
                    order.Charge,
                    order.Refunded,
                    order.StartCount,
                    order.Status,
                    order.Remains,
                })
                .ToListAsync();
            return rows.ToDictionary(
                row => row.Id,
                row => new State(
                    (row.Charge - row.Refunded).ToString(),
                    row.StartCount.ToString(CultureInfo.InvariantCulture),
                    StatusNames.Of(row.Status),
                    row.Remains.ToString(CultureInfo.InvariantCulture),
                    currency));
        });
        await app.StartAsync();
        Console.WriteLine($"listening on {app.Urls.First()}");
        var stop = new TaskCompletionSource();
        using var signal = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                stop.TrySetResult();
            });
        await stop.Task;
        await app.StopAsync();
        return 0;
    }

    private static DbContextOptions<PanelDb> Options(string file) => new DbContextOptionsBuilder<PanelDb>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString())
        .Options;

    private sealed record State(string Charge, string StartCount, string Status, string Remains, string Currency);
}
