using PanelServer.Domain.Orders;
using PanelServer.Domain.Providers;
using PanelServer.Domain.Refills;
using PanelServer.Providers.Client;

namespace PanelServer.Tests.Providers.Client;

/// <summary>What is read from answers to status and refill_status.</summary>
public sealed class StatusReaderTests
{
    private static readonly string[] One = ["1"];
    private static readonly string[] Three = ["1", "2", "0003"];

    [Theory]
    [InlineData("Pending", OrderStatus.Pending)]
    [InlineData("AWAITING", OrderStatus.Pending)]
    [InlineData("processing", OrderStatus.Processing)]
    [InlineData("In progress", OrderStatus.InProgress)]
    [InlineData("in_progress", OrderStatus.InProgress)]
    [InlineData("In-Progress", OrderStatus.InProgress)]
    [InlineData("INPROGRESS", OrderStatus.InProgress)]
    [InlineData("tasks.status.in_progress", OrderStatus.InProgress)]
    [InlineData(" Completed ", OrderStatus.Completed)]
    [InlineData("complete", OrderStatus.Completed)]
    [InlineData("Partial", OrderStatus.Partial)]
    [InlineData("Partially Completed", OrderStatus.Partial)]
    [InlineData("Canceled", OrderStatus.Canceled)]
    [InlineData("Cancelled", OrderStatus.Canceled)]
    [InlineData("canelled", OrderStatus.Canceled)]
    [InlineData("cancel", OrderStatus.Canceled)]
    [InlineData("Refunded", OrderStatus.Canceled)]
    [InlineData("Fail", null)]
    [InlineData("Error", null)]
    [InlineData("Paused", null)]
    [InlineData("Active", null)]
    [InlineData("Refill", null)]
    [InlineData("Not completed", null)]
    [InlineData("", null)]
    public void Words_of_an_order_are_known_by_a_table(string word, OrderStatus? status)
    {
        var order = OrderOf($$"""{"status":"{{word}}","charge":"1","remains":"0"}""");

        Assert.Equal((status, word.Trim(), null), (order.Status, order.Word, order.Error));
    }

    [Theory]
    [InlineData("\"157\"", 157L)]
    [InlineData("157", 157L)]
    [InlineData("\" 157 \"", 157L)]
    [InlineData("\"+157\"", 157L)]
    [InlineData("\"-157\"", -157L)]
    [InlineData("-157", -157L)]
    [InlineData("\"157.0\"", 157L)]
    [InlineData("157.00", 157L)]
    [InlineData("1.57e2", 157L)]
    [InlineData("15700e-2", 157L)]
    [InlineData("\"1,234\"", 1_234L)]
    [InlineData("\"1,234,567.0\"", 1_234_567L)]
    [InlineData("\"0\"", 0L)]
    [InlineData("\"007\"", 7L)]
    [InlineData("99999999999999999999999", long.MaxValue)]
    [InlineData("\"-99999999999999999999999\"", long.MinValue)]
    [InlineData("1e60", long.MaxValue)]
    [InlineData("1e999999", null)]
    [InlineData("157.5", null)]
    [InlineData("\"1,5\"", null)]
    [InlineData("\"12,34\"", null)]
    [InlineData("\"1 234\"", 1_234L)]
    [InlineData("\"1'234'567\"", 1_234_567L)]
    [InlineData("\"1.234.567\"", 1_234_567L)]
    [InlineData("\"1 23\"", null)]
    [InlineData("\"1.234,56\"", null)]
    [InlineData("\"12abc\"", null)]
    [InlineData("\"0x10\"", null)]
    [InlineData("\"١٢\"", null)]
    [InlineData("\"Unknown\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\".\"", null)]
    [InlineData("\"-\"", null)]
    [InlineData("\"1\\n\"", 1L)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    [InlineData("[1]", null)]
    [InlineData("{}", null)]
    public void Counts_are_whole_numbers_in_any_spelling(string written, long? count)
    {
        var order = OrderOf($$"""{"status":"Partial","remains":{{written}},"start_counter":{{written}}}""");

        Assert.Equal((count, count), (order.Remains, order.StartCount));
        Assert.Equal(count, OrderOf($$"""{"status":"Partial","start_count":{{written}}}""").StartCount);
    }

    [Theory]
    [InlineData("\"0.27819\"", 27_819_000L)]
    [InlineData("0.27819", 27_819_000L)]
    [InlineData("\"1.0E-5\"", 1_000L)]
    [InlineData("1e-9", 1L)]
    [InlineData("\"0.000000011\"", 2L)]
    [InlineData("\"0.00000001000\"", 1L)]
    [InlineData("\"1,234.50\"", 123_450_000_000L)]
    [InlineData("3", 300_000_000L)]
    [InlineData("\".5\"", 50_000_000L)]
    [InlineData("\"5.\"", 500_000_000L)]
    [InlineData("0", 0L)]
    [InlineData("\"0.00000\"", 0L)]
    [InlineData("\".000\"", 0L)]
    [InlineData("1e10", 1_000_000_000_000_000_000L)]
    [InlineData("10000000000.00000001", null)]
    [InlineData("1e64", null)]
    [InlineData("\"-0.5\"", null)]
    [InlineData("\"1.234,50\"", 123_450_000_000L)]
    [InlineData("\"1 234,50\"", 123_450_000_000L)]
    [InlineData("\"1\\u00a0234.50\"", 123_450_000_000L)]
    [InlineData("\"0,5\"", 50_000_000L)]
    [InlineData("\"0,050\"", 5_000_000L)]
    [InlineData("\"12,34\"", 1_234_000_000L)]
    [InlineData("\"1,234\"", null)]
    [InlineData("\"1,23,4\"", null)]
    [InlineData("\"1,234,56\"", null)]
    [InlineData("\"5,\"", null)]
    [InlineData("\"$1\"", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("null", null)]
    public void A_charge_is_exact_and_rounded_up(string written, long? units) =>
        Assert.Equal(units, OrderOf($$"""{"status":"Partial","charge":{{written}}}""").Charge);

    [Fact]
    public void A_published_answer_is_read_in_full()
    {
        var order = OrderOf("""{"charge":"0.27819","start_count":"3572","status":"Partial","remains":"157","currency":"USD","orders":[7,"8",0,null,"x y",7]}""");

        Assert.Equal(
            (27_819_000L, 3_572L, OrderStatus.Partial, "Partial", 157L, "USD", null),
            (order.Charge, order.StartCount, order.Status, order.Word, order.Remains, order.Currency, order.Error));
    }

    [Theory]
    [InlineData("""{"status":"Completed"}""")]
    [InlineData("""{"order":"1","status":"completed"}""")]
    [InlineData("""{"order":1,"status":"completed","id":77}""")]
    [InlineData("""{"1":{"status":"Completed"}}""")]
    [InlineData("""{" 1 ":{"status":"Completed"},"2":{"status":"Canceled"}}""")]
    [InlineData("""[{"order":1,"status":"Completed"}]""")]
    [InlineData("""[{"id":"1","status":"Completed"}]""")]
    [InlineData("""[{"status":"Completed"}]""")]
    [InlineData("""[{"order":9,"status":"Canceled"},{"order":1,"status":"Completed"}]""")]
    [InlineData("""{"status":"Completed","error":""}""")]
    public void One_order_is_found_in_any_wrapping(string body) => Assert.Equal(OrderStatus.Completed, OrderOf(body).Status);

    [Theory]
    [InlineData("""{"1":{"status":"Completed"},"2":{"error":"Incorrect order ID"},"0003":{"status":"Nonsense"},"4":{"status":"Completed"}}""")]
    [InlineData("""{"1":{"status":"Completed"},"2":"Incorrect order ID","0003":{"status":"Nonsense"}}""")]
    [InlineData("""{"1":{"status":"Completed"},"2":{"status":{"error":"Incorrect order ID"}},"0003":{"status":"Nonsense"}}""")]
    [InlineData("""[{"order":1,"status":"Completed"},{"order":2,"error":"Incorrect order ID"},{"order":"0003","status":"Nonsense"},{"order":4}]""")]
    [InlineData("""[{"id":"1","status":"Completed"},{"id":"2","status":"Canceled","error":"Incorrect order ID"},{"id":" 0003","status":"Nonsense"},5]""")]
    [InlineData("""{"error":"One was not found","1":{"status":"Completed"},"2":{"errors":["Incorrect order ID"]},"0003":{"status":"Nonsense"}}""")]
    public void A_batch_is_found_in_any_wrapping(string body)
    {
        var orders = OrdersOf(body);

        Assert.Equal(Three, orders.Keys.Order(StringComparer.Ordinal).OrderBy(id => id.Length));
        Assert.Equal((OrderStatus.Completed, null), (orders["1"].Status, orders["1"].Error));
        Assert.Equal((null, "Incorrect order ID"), (orders["2"].Status, orders["2"].Error));
        Assert.Equal((null, "Nonsense", null), (orders["0003"].Status, orders["0003"].Word, orders["0003"].Error));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"9":{"status":"Completed"}}""")]
    [InlineData("""[{"order":9,"status":"Completed"}]""")]
    [InlineData("""{"3":{"status":"Completed"}}""")]
    [InlineData("""[{"order":1,"status":"Completed"},{"order":1,"status":"Canceled"}]""")]
    [InlineData("""{"1":{"status":"Completed"}," 1":{"status":"Canceled"}}""")]
    public void An_id_of_which_nothing_or_two_things_are_said_is_not_there(string body) => Assert.Empty(OrdersOf(body));

    [Theory]
    [InlineData("""{"error":{"message":"Invalid API key"}}""", 401, "Invalid API key", RejectionReason.Key)]
    [InlineData("""{"error":"Slow down"}""", 429, "Slow down", RejectionReason.Rate)]
    [InlineData("", 429, "HTTP 429; the answer is empty", RejectionReason.Rate)]
    [InlineData("""{"error":"Boom"}""", 500, "HTTP 500; it says: Boom", null)]
    [InlineData("""{"status":"Completed"}""", 500, "HTTP 500", null)]
    [InlineData("""{"status":"Completed"}""", 302, "HTTP 302", null)]
    [InlineData("<html>", 200, "the answer is HTML", null)]
    [InlineData("", 200, "the answer is empty", null)]
    [InlineData("oops", 200, "the answer is not JSON", null)]
    [InlineData("5", 200, "the answer is neither an object nor a list", null)]
    [InlineData("null", 200, "the answer is neither an object nor a list", null)]
    [InlineData("[1,2]", 200, "the list has no items with ids", null)]
    [InlineData("""{"message":"maintenance"}""", 200, "the answer says nothing of what was asked", null)]
    [InlineData("""{"order":2,"status":"Completed"}""", 200, "the answer does not say which one it is about", null)]
    public void Without_an_answer_there_is_a_reason(string body, int status, string reason, RejectionReason? about)
    {
        var orders = StatusReader.Orders(Given.Answer(body, status), One);

        Assert.Null(orders.Value);
        Assert.Equal((reason, about), (orders.Reason, orders.Objection));
    }

    [Theory]
    [InlineData("""{"error":"Incorrect request"}""", 200, "Incorrect request")]
    [InlineData("""{"error":"Incorrect request"}""", 400, "Incorrect request")]
    [InlineData("""{"status":"fail","message":"Order not found"}""", 200, "Order not found")]
    [InlineData("""{"status":false,"data":{"msg":"Order not found"}}""", 200, "Order not found")]
    public void What_is_said_against_one_that_was_asked_alone_is_its_error(string body, int status, string reason)
    {
        Assert.Equal(reason, StatusReader.Orders(Given.Answer(body, status), One).Value!["1"].Error);

        var many = StatusReader.Orders(Given.Answer(body, status), Three);
        Assert.Equal((null, reason, RejectionReason.Request), (many.Value, many.Reason, many.Objection));
    }

    [Fact]
    public void A_flat_answer_to_a_batch_is_about_nobody_unless_it_says_so()
    {
        Assert.Null(StatusReader.Orders(Given.Answer("""{"status":"Completed"}"""), Three).Value);
        Assert.Equal("2", Assert.Single(OrdersOf("""{"order":2,"status":"Completed"}""")).Key);
    }

    [Fact]
    public void A_state_that_looks_like_a_flag_is_a_state()
    {
        Assert.Equal(("Fail", null), (OrderOf("""{"status":"Fail"}""").Word, OrderOf("""{"status":"Fail"}""").Status));
        Assert.Equal("Error", OrderOf("""{"status":"Error","charge":"0.1","message":"refunded"}""").Word);
    }

    [Theory]
    [InlineData("Pending", RefillStatus.Pending)]
    [InlineData("Awaiting", RefillStatus.Pending)]
    [InlineData("In progress", RefillStatus.InProgress)]
    [InlineData("COMPLETED", RefillStatus.Completed)]
    [InlineData("Rejected", RefillStatus.Rejected)]
    [InlineData("Canceled", RefillStatus.Rejected)]
    [InlineData("cancelled", RefillStatus.Rejected)]
    [InlineData("Error", RefillStatus.Error)]
    [InlineData("Failed", RefillStatus.Error)]
    [InlineData("Lost", null)]
    public void Words_of_a_refill_are_known_by_a_table(string word, RefillStatus? status)
    {
        foreach (var body in new[]
        {
            $$"""{"status":"{{word}}"}""",
            $$"""[{"refill":1,"status":"{{word}}"}]""",
            $$"""{"refill":"1","status":"{{word}}"}""",
            $$"""{"1":{"status":"{{word}}"} }""",
        })
        {
            var refill = Assert.Single(StatusReader.Refills(Given.Answer(body), One).Value!).Value;
            Assert.Equal((status, word, null), (refill.Status, refill.Word, refill.Error));
        }
    }

    [Theory]
    [InlineData("""[{"refill":1,"status":"Completed"},{"refill":2,"status":{"error":"Refill not found"}},{"refill":"0003","status":"Odd"}]""")]
    [InlineData("""[{"refill":1,"status":"Completed"},{"refill":2,"error":"Refill not found"},{"id":"0003","status":"Odd"},{"refill":4}]""")]
    [InlineData("""{"1":"Completed","2":"Refill not found","0003":{"status":"Odd"}}""")]
    public void A_batch_of_refills_is_found_in_any_wrapping(string body)
    {
        var refills = StatusReader.Refills(Given.Answer(body), Three).Value!;

        Assert.Equal(3, refills.Count);
        Assert.Equal((RefillStatus.Completed, null), (refills["1"].Status, refills["1"].Error));
        Assert.Equal((null, "Refill not found"), (refills["2"].Status, refills["2"].Error));
        Assert.Equal((null, "Odd", null), (refills["0003"].Status, refills["0003"].Word, refills["0003"].Error));
    }

    [Theory]
    [InlineData("""{"error":"Refill not found"}""")]
    [InlineData("""{"status":"error","message":"Refill not found"}""")]
    public void A_refill_that_was_asked_about_alone_and_is_not_known_has_an_error(string body)
    {
        Assert.Equal("Refill not found", StatusReader.Refills(Given.Answer(body), One).Value!["1"].Error);

        var many = StatusReader.Refills(Given.Answer(body), Three);
        Assert.Equal((null, "Refill not found", RejectionReason.Request), (many.Value, many.Reason, many.Objection));
    }

    [Fact]
    public void The_words_of_an_item_are_on_one_line_and_without_the_key()
    {
        var order = OrderOf($$"""{"1":{"error":"No\n{{Given.Key}}","status":"a\u202eb","currency":"U\tSD"} }""");
        Assert.Null(OrderOf($$"""{"status":"Pending","currency":"{{Given.Key}}"}""").Currency);

        Assert.Equal(("No [key]", "a b", "U SD"), (order.Error, order.Word, order.Currency));
    }

    [Theory]
    [InlineData("""{"Status":"Completed"}""")]
    [InlineData("""{"STATUS":"completed","Remains":"0"}""")]
    [InlineData("""{"1":{"Status":"Completed"}}""")]
    [InlineData("""[{"Order":1,"Status":"Completed"}]""")]
    [InlineData("""{"status":true,"data":{"status":"Completed"}}""")]
    [InlineData("""{"status":"success","data":{"status":"Completed"}}""")]
    [InlineData("""{"status":1,"data":[{"order":1,"status":"Completed"}]}""")]
    [InlineData("""{"status":true,"order":{"id":1,"status":"Completed"}}""")]
    [InlineData("""{"data":{"1":{"status":"Completed"}}}""")]
    [InlineData("""{"status":"Completed","data":{"note":"x"}}""")]
    [InlineData("{\"status\":\"Completed\",\"note\":\"half \\ud83d\"}")]
    [InlineData("{\"status\":\"Completed\",\"note\":\"a\tb\"}")]
    [InlineData("""{"result":[{"order":"1","status":"Completed"}]}""")]
    public void Names_are_compared_without_case_and_a_wrapping_is_looked_into(string body) =>
        Assert.Equal(OrderStatus.Completed, OrderOf(body).Status);

    [Fact]
    public void A_name_as_it_should_be_comes_before_one_in_another_case() =>
        Assert.Equal(OrderStatus.Completed, OrderOf("""{"STATUS":"Canceled","status":"Completed"}""").Status);

    [Theory]
    [InlineData("\"Done\"", "\"Done\"")]
    [InlineData("2", "2")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\" In  review \"", "\"In review\"")]
    [InlineData("[\"Done\"]", "[\"Done\"]")]
    public void A_word_that_nobody_knows_is_kept_as_it_is_written(string written, string said)
    {
        var order = OrderOf($$"""{"status":{{written}},"remains":"1"}""");

        Assert.Equal((null, said, null), (order.Status, order.Said, order.Error));
    }

    [Theory]
    [InlineData("Failed", true)]
    [InlineData("FAIL", true)]
    [InlineData("Error", true)]
    [InlineData("rejected", true)]
    [InlineData("Done", false)]
    [InlineData("Completed", false)]
    public void That_an_order_has_failed_is_no_state_and_is_noticed(string word, bool hasFailed) =>
        Assert.Equal(hasFailed, OrderOf($$"""{"status":"{{word}}","remains":null}""").HasFailed);

    [Theory]
    [InlineData("""{"error":"Order ID is required"}""", 200, true)]
    [InlineData("""{"error":"Missing order parameter"}""", 400, true)]
    [InlineData("""{"status":"error","message":"Only one order at a time"}""", 200, true)]
    [InlineData("""{"status":"Completed","remains":"0"}""", 200, true)]
    [InlineData("Bad Request", 400, true)]
    [InlineData("", 413, true)]
    [InlineData("""{"error":"Invalid API key"}""", 200, false)]
    [InlineData("""{"error":"Slow down"}""", 429, false)]
    [InlineData("<html>", 200, false)]
    [InlineData("""{"order":{"id":[5]},"status":{"x":1},"remains":{}}""", 200, false)]
    [InlineData("", 502, false)]
    public void A_batch_that_is_not_understood_is_told_from_one_that_is_not_answered(string body, int status, bool isMisunderstood)
    {
        var orders = StatusReader.Orders(Given.Answer(body, status), Three);
        var read = new QueryResult<IReadOnlyDictionary<string, UpstreamOrder>>(new HttpExchange { Status = status }) { Value = orders.Value, Objection = orders.Objection };

        Assert.Equal(isMisunderstood, read.IsMisunderstood);
    }

    [Fact]
    public void With_a_refusing_status_only_what_is_said_against_an_id_is_believed()
    {
        const string Body = """{"1":{"error":"Incorrect order ID"},"2":{"status":"Completed"}}""";

        Assert.Equal("Incorrect order ID", Assert.Single(StatusReader.Orders(Given.Answer(Body, 404), Three).Value!).Value.Error);
        Assert.Null(StatusReader.Orders(Given.Answer("""{"2":{"status":"Completed"}}""", 404), Three).Value);
    }

    private static UpstreamOrder OrderOf(string body)
    {
        var orders = StatusReader.Orders(Given.Answer(body), One);
        Assert.True(orders.Value is not null, orders.Reason);
        return Assert.Single(orders.Value).Value;
    }

    private static IReadOnlyDictionary<string, UpstreamOrder> OrdersOf(string body)
    {
        var orders = StatusReader.Orders(Given.Answer(body), Three);
        Assert.True(orders.Value is not null, orders.Reason);
        return orders.Value;
    }
}
