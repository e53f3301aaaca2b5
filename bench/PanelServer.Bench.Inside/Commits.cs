using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PanelServer.Domain;
using PanelServer.Domain.Catalogue;
using PanelServer.Domain.Ledger;

namespace PanelServer.Bench.Inside;

/// <summary>
/// What durable orders cost in process, with nobody asking over HTTP: one thread, one loop, prepared commands of
/// Microsoft.Data.Sqlite, so many orders in each transaction. The file is a panel's, with the server's schema, and opened
/// with the server's settings; the statements are written here once more, so that the floor does not move with the server.
/// </summary>
internal static class Commits
{
    private const int Reseller = 1;

    /// <summary>Places orders for so long and prints how many, and in how many seconds.</summary>
    public static void Run(string file, int perCommit, double seconds)
    {
        using SqliteConnection connection = new PanelDatabase(file).OpenWriter(maxPages: 0);
        IReadOnlyList<SoldService> services = SoldService.AllOf(connection);
        using var statements = new Statements(connection);
        var random = new Random(7);

        // As the rows it stands beside, it has warmed up before it is measured.
        PlaceFor(Math.Min(1, seconds));
        (long made, double took) = PlaceFor(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made} {took}"));

        (long Made, double Seconds) PlaceFor(double least)
        {
            long made = 0;
            long begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begin).TotalSeconds < least)
            {
                long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                statements.Begin.ExecuteNonQuery();
                for (int i = 0; i < perCommit; i++)
                {
                    SoldService service = services[random.Next(services.Count)];
                    statements.Place(service, random.Next(100, 1_001), random.NextInt64(1L << 40), now);
                }
                statements.Commit.ExecuteNonQuery();
                made += perCommit;
            }
            return (made, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
    }

    private sealed record SoldService(int Id, Rate Rate)
    {
        public static IReadOnlyList<SoldService> AllOf(SqliteConnection connection)
        {
            var services = new List<SoldService>();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT id, rate FROM services WHERE type = $type";
            command.Parameters.AddWithValue("$type", ServiceType.Default.Id);
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                services.Add(new SoldService(reader.GetInt32(0), new Rate(reader.GetInt64(1))));
            }
            return services;
        }
    }

    private sealed class Statements(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand _debit = Prepared(
            connection,
            "UPDATE accounts SET balance = balance - $amount WHERE id = $id AND balance - $amount >= floor",
            "$id", "$amount");
        private readonly SqliteCommand _takeId = Prepared(
            connection, "UPDATE panel SET next_order_id = next_order_id + 1 RETURNING next_order_id - 1");
        private readonly SqliteCommand _order = Prepared(
            connection,
            """
            INSERT INTO orders (id, reseller_id, service_id, type, status, stage, quantity, remains, rate, charge, link,
                                created_at, updated_at)
            VALUES ($id, $reseller, $service, $type, 0, 0, $quantity, $quantity, $rate, $charge, $link, $now, $now)
            """,
            "$id", "$reseller", "$service", "$type", "$quantity", "$rate", "$charge", "$link", "$now");
        private readonly SqliteCommand _transfer = Prepared(
            connection,
            """
            INSERT INTO transfers (subject, kind, version, from_account, to_account, amount, at)
            VALUES ($order, $kind, 0, $from, $to, $amount, $now)
            """,
            "$order", "$kind", "$from", "$to", "$amount", "$now");

        public SqliteCommand Begin { get; } = Prepared(connection, "BEGIN IMMEDIATE");

        public SqliteCommand Commit { get; } = Prepared(connection, "COMMIT");

        public void Place(SoldService service, int quantity, long link, long now)
        {
            if (!service.Rate.For(quantity).Try(out Money charge, out _) || Run(_debit, Reseller, charge.Units) != 1)
            {
                throw new InvalidOperationException("the order was not charged");
            }
            long id = (long)_takeId.ExecuteScalar()!;
            Run(_order, id, Reseller, service.Id, ServiceType.Default.Id, quantity, service.Rate.Units, charge.Units,
                string.Create(CultureInfo.InvariantCulture, $"https://instagram.com/p/C{link:x}/"), now);
            Run(_transfer, id, (int)TransferKind.Charge, Reseller, Account.Sales, charge.Units, now);
        }

        public void Dispose()
        {
            foreach (SqliteCommand command in new[] { _debit, _takeId, _order, _transfer, Begin, Commit })
            {
                command.Dispose();
            }
        }

        private static SqliteCommand Prepared(SqliteConnection connection, string sql, params string[] parameters)
        {
            SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those above.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (string name in parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }
            command.Prepare();
            return command;
        }

        private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i];
            }
            return command.ExecuteNonQuery();
        }
    }
}
