using System.Text;
using System.Text.Json.Nodes;
using PanelServer.Data;
using PanelServer.Data.Engines.Sqlite;
using PanelServer.Ledger;

namespace PanelServer.Tests.Ledger;

/// <summary>A payment is known by what its reference means to people, and by what was written down of it.</summary>
public sealed class PaymentReferenceTests
{
    /// <summary>Each line: one reference, written differently.</summary>
    public static TheoryData<string, string> Same() => new()
    {
        { "TX-17", "TX-17 " },
        { "TX-17", "tx-17" },
        { "Invoice 17", "  invoice \t 17" },
        { "Invoice 17", "invoice\u00A0 17" },
        { "TX-17", "ＴＸ－１７" },
        { "№5", "no5" },
        { "Zahlung Müller", "ZAHLUNG MU\u0308LLER" },
        { "Straße 1", "STRASSE 1" },
        { "ﬁx", "FIX" },
        { "платёж 3", "ПЛАТЕ\u0308Ж 3" },
        { "가각", "\u1100\u1161\u1100\u1161\u11A8" },
        { "a\u0323\u0307", "A\u0307\u0323" },
        { "Σίσυφος", "ΣΊΣΥΦΟΣ" },
        { "𝐓𝐗9", "tx⑨" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public async Task The_same_reference_is_no_second_payment_however_it_is_written(string one, string other)
    {
        await using var panel = TestPanel.Live();
        await panel.VerbAsync("reseller", "add", "alice", "--balance", "100");
        foreach (var verb in (string[])["deposit", "withdraw"])
        {
            var (first, again) = ($"{verb} {one}", $"{verb} {other}");
            var made = await PayAsync(panel, verb, "alice", "25", first);
            var repeated = await PayAsync(panel, verb, "alice", "25", again);
            Assert.Equal((false, true), ((bool)made["repeat"]!, (bool)repeated["repeat"]!));
            Assert.Equal((int)made["payment"]!, (int)repeated["payment"]!);
            Assert.Equal((string?)made["balance"], (string?)repeated["balance"]);
            var (exit, _, error) = await panel.TryVerbAsync("reseller", verb, "alice", "26", "--note", "x", "--reference", again);
            Assert.Equal(1, exit);
            Assert.Contains("belongs to another payment", error, StringComparison.Ordinal);
        }
    }

    // Refused where it is typed; older folders may have it.
    [Fact]
    public void What_cannot_be_seen_makes_no_difference() => Assert.Equal(FoldedText.Of("TX-17"), FoldedText.Of("T\u200BX\u00AD-17"));

    [Theory]
    [InlineData("TX-17", "TX-18")]
    [InlineData("TX 17", "TX17")]
    [InlineData("о17", "o17")]
    [InlineData("ü1", "u1")]
    public void What_people_tell_apart_stays_apart(string one, string other) =>
        Assert.NotEqual(FoldedText.Of(one), FoldedText.Of(other));

    [Fact]
    public void Folding_again_changes_nothing_for_any_character()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (Rune.IsValid(code))
            {
                var folded = FoldedText.Of($"a{new Rune(code)}z");
                Assert.Equal(folded, FoldedText.Of(folded));
            }
        }
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_payment_of_a_reference()
    {
        await using var panel = TestPanel.Live();
        await panel.VerbAsync("reseller", "add", "alice");
        await PayAsync(panel, "deposit", "alice", "5", "TX-1");
        Assert.ThrowsAny<Exception>(() => panel.Tamper(
            "INSERT INTO payments (reseller_id, kind, amount, note, reference, reference_key, created_at) VALUES (1, 3, 5, 'n', 'TX-1 ', 'tx-1', 0)"));
    }

    [Fact]
    public async Task In_an_older_folder_the_first_of_two_that_are_the_same_keeps_the_reference()
    {
        const int SchemaBefore = 6;
        using var temporary = new Processes.PanelFolder();
        Directory.CreateDirectory(temporary.Data);
        var folder = PanelFolder.Of(temporary.Data, isSandbox: false);
        using (var connection = folder.Database.OpenWriter(maxPages: 0))
        {
            foreach (var (number, _, sql) in SchemaUpgrade.Scripts.Take(SchemaBefore))
            {
                PanelDatabase.Execute(connection, $"{sql}; PRAGMA user_version = {number}");
            }

            PanelDatabase.Execute(
                connection,
                """
                INSERT INTO panel (id, kind, currency, next_order_id, next_refill_id, created_at) VALUES (1, 'live', 'USD', 1, 1, 0);
                INSERT INTO resellers VALUES (1, 'alice', 0, 0, 0);
                INSERT INTO accounts VALUES (-1, NULL, 0), (-2, NULL, 0), (1, 400000, 0);
                INSERT INTO payments VALUES (1, 1, 3, 100000, 'a', 'TX-17', 0), (2, 1, 3, 100000, 'b', 'tx-17 ', 0), (3, 1, 3, 100000, 'c', 'ＴＸ-9', 0), (4, 1, 3, 100000, 'd', NULL, 0);
                INSERT INTO transfers VALUES (1, 3, 0, -1, 1, 100000, 0), (2, 3, 0, -1, 1, 100000, 0), (3, 3, 0, -1, 1, 100000, 0), (4, 3, 0, -1, 1, 100000, 0);
                """);
        }

        await using var panel = await Panel.OpenAsync(folder);
        foreach (var (reference, known) in ((string, int)[])[("Tx-17", 1), ("TX-17", 1), ("tx-9", 3)])
        {
            var payment = new Payment("alice", Domain.Ledger.TransferKind.Deposit, new(100_000), "again", reference);
            Assert.True((await panel.MakePayment.RunAsync(Actors.Operator, payment)).Try(out var made, out _));
            Assert.Equal((known, true), (made.Id, made.IsRepeat));
        }

        Assert.Empty(new Verify(panel.Database).Run());
    }

    [Fact]
    public async Task Each_payment_move_correction_and_price_is_audited_with_who_and_what_it_came_to()
    {
        await using var panel = TestPanel.Live();
        await panel.VerbAsync("reseller", "add", "alice", "--balance", "10");
        await panel.VerbAsync("service", "add", "--type", "Default", "--category", "c", "--name", "n", "--rate", "1", "--min", "1", "--max", "5000");
        var key = (string?)JsonNode.Parse(await panel.VerbAsync("key", "issue", "alice", "--json"))!["key"] ?? "";
        for (var order = 0; order < 2; order++)
        {
            await panel.CallAsync(key, ("action", "add"), ("service", "1"), ("link", "l"), ("quantity", "1000"));
        }

        await PayAsync(panel, "deposit", "alice", "25", "TX-17");
        await PayAsync(panel, "deposit", "alice", "25", "tx-17");
        await panel.VerbAsync("reseller", "withdraw", "alice", "3", "--note", "paid out");
        await panel.VerbAsync("order", "take", "1", "2");
        await panel.VerbAsync("order", "progress", "1", "--remains", "500");
        await panel.VerbAsync("order", "partial", "1", "--remains", "250");
        await panel.VerbAsync("order", "correct", "1", "--to", "Completed", "--reason", "it arrived");
        await panel.VerbAsync("order", "cancel", "2");
        await panel.VerbAsync("reseller", "price", "alice", "1", "0.75");

        var rows = JsonNode.Parse(await panel.VerbAsync("audit", "list", "--json"))!.AsArray().Reverse().Select(row => string.Join(
            '|',
            row!["action"],
            row["subject"],
            row["amount"]?.ToString() ?? "-",
            row["balance"]?.ToString() ?? "-")).ToList();
        Assert.Equal(
            [
                "reseller deposit|alice|10.00000|10.00000",
                "reseller add|alice|-|-",
                "service add|service 1|-|-",
                "key issue|alice|-|-",
                "reseller deposit|alice|25.00000|33.00000",
                "reseller withdraw|alice|-3.00000|30.00000",
                "order take|order 1|0.00000|30.00000",
                "order take|order 2|0.00000|30.00000",
                "order progress|order 1|-|-",
                "order partial|order 1|0.25000|30.25000",
                "order correct|order 1|-0.25000|30.00000",
                "order cancel|order 2|1.00000|31.00000",
                "reseller price|alice|-|-",
            ],
            rows);
        Assert.Equal([$"{PersonHere()} cli"], Books.Rows(panel, "SELECT DISTINCT who, channel FROM audit"));
    }

    [Fact]
    public async Task The_audit_is_chosen_by_date_verb_subject_and_person_and_shown_in_pages()
    {
        await using var panel = TestPanel.Live();
        foreach (var name in (string[])["alice", "bob", "carol"])
        {
            await panel.VerbAsync("reseller", "add", name, "--balance", "1");
            await panel.VerbAsync("reseller", "suspend", name);
        }

        Assert.Equal(9, await CountAsync(panel));
        Assert.Equal(3, await CountAsync(panel, "--action", "reseller suspend"));
        Assert.Equal(9, await CountAsync(panel, "--action", "reseller"));
        Assert.Equal(3, await CountAsync(panel, "--subject", "ALICE"));
        Assert.Equal(1, await CountAsync(panel, "--subject", "bob", "--action", "reseller suspend"));
        Assert.Equal(9, await CountAsync(panel, "--actor", "cli"));
        Assert.Equal(9, await CountAsync(panel, "--actor", PersonHere()));
        Assert.Equal(0, await CountAsync(panel, "--actor", "somebody-else"));
        Assert.Equal(9, await CountAsync(panel, "--from", "2020-01-01"));
        Assert.Equal(0, await CountAsync(panel, "--to", "2020-01-01"));
        Assert.Equal(4, await CountAsync(panel, "--limit", "4"));
        Assert.Equal(2, await CountAsync(panel, "--before", "3"));
    }

    [Fact]
    public async Task What_a_sandbox_is_told_by_control_calls_bears_that_name()
    {
        await using var panel = TestPanel.Sandbox();
        await panel.ControlAsync("PUT", "/sandbox/resellers/demo", """{"balance":"12.5"}""");
        await panel.AdvanceAsync("00:01:00");
        Assert.Equal(["control reseller withdraw -8834292 1250000"], Books.Rows(panel, "SELECT channel, action, amount, balance FROM audit ORDER BY id DESC LIMIT 1"));
    }

    private static async Task<int> CountAsync(TestPanel panel, params string[] options) =>
        JsonNode.Parse(await panel.VerbAsync(["audit", "list", "--json", .. options]))!.AsArray().Count;

    private static async Task<JsonNode> PayAsync(TestPanel panel, string verb, string name, string amount, string reference) =>
        JsonNode.Parse(await panel.VerbAsync("reseller", verb, name, amount, "--note", "x", "--reference", reference, "--json"))!;

    private static string PersonHere() => PanelServer.Cli.VerbCall.Of([]).Who;
}
