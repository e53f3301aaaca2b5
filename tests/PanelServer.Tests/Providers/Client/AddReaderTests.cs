using System.Text;
using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Tests.Providers.Client;

/// <summary>What an answer to add comes to, shape by shape.</summary>
public sealed class AddReaderTests
{
    private const string Sixty4 = "0123456789012345678901234567890123456789012345678901234567890123";

    [Theory]
    [InlineData("""{"order":23501}""", "23501")]
    [InlineData("""{"order":"23501"}""", "23501")]
    [InlineData("""{"order":9223372036854775808}""", "9223372036854775808")]
    [InlineData("""{"order":123456789012345678901234567890}""", "123456789012345678901234567890")]
    [InlineData("""{"order":"abc-1"}""", "abc-1")]
    [InlineData("""{"order":"12e4"}""", "12e4")]
    [InlineData("""{"order":"5f0c3b6e-7d1f-4f3a-9a40-7e4f5a0d2b11"}""", "5f0c3b6e-7d1f-4f3a-9a40-7e4f5a0d2b11")]
    [InlineData($$"""{"order":"{{Sixty4}}"}""", Sixty4)]
    [InlineData("""{"status":"success","order":32}""", "32")]
    [InlineData("""{"status":100,"order":32}""", "32")]
    [InlineData("""{"order":32,"status":"Pending","charge":"0.1","currency":"USD"}""", "32")]
    [InlineData("""{"status":true,"data":{"order":1}}""", "1")]
    [InlineData("""{"status":"success","data":{"id":"x1"}}""", "x1")]
    [InlineData("""{"success":true,"data":{"id":7}}""", "7")]
    [InlineData("""{"order":5,"error":""}""", "5")]
    [InlineData("""{"order":5,"error":null,"errors":[]}""", "5")]
    [InlineData("""{"order":5,"error":false}""", "5")]
    [InlineData("""{"order":5,"error":0}""", "5")]
    [InlineData("""{"order":5,"order":5}""", "5")]
    [InlineData("""[{"order":5}]""", "5")]
    [InlineData("\"5\"", "5")]
    [InlineData("5", "5")]
    [InlineData("5.0", "5")]
    [InlineData("""{"order":5.0}""", "5")]
    [InlineData("""{"Order":5}""", "5")]
    [InlineData("""{"id":5}""", "5")]
    [InlineData("""{"order_id":5}""", "5")]
    [InlineData("""{"orderId":"5"}""", "5")]
    [InlineData("""{"OrderID":5}""", "5")]
    [InlineData("""{"status":"success","order_id":5}""", "5")]
    [InlineData("""{"status":"success","id":5}""", "5")]
    [InlineData("""{"order":5,"id":77}""", "5")]
    [InlineData("""{"data":{"order":5}}""", "5")]
    [InlineData("""{"data":{"order_id":5},"status":"Pending"}""", "5")]
    [InlineData("""{"data":{"id":5,"service":7}}""", "5")]
    [InlineData("""{"status":true,"data":[{"order":5}]}""", "5")]
    [InlineData("""{"result":{"order":5}}""", "5")]
    [InlineData("""{"response":{"order_id":"5"}}""", "5")]
    [InlineData("""{"orders":[{"order":5}]}""", "5")]
    [InlineData("""{"order":5,"result":{"id":1}}""", "5")]
    [InlineData("\uFEFF{\"order\":5}", "5")]
    [InlineData(" \r\n{\"order\":5}\n", "5")]
    public void A_usable_id_without_an_error_is_a_yes(string body, string id)
    {
        var verdict = SubmissionResponseReader.Add(Given.Answer(body));

        Assert.Equal((Accepted, id, ""), (verdict.Outcome, verdict.UpstreamId, verdict.Reason));
        Assert.Equal(Accepted, SubmissionResponseReader.Add(Given.Answer(body, 201)).Outcome);
    }

    [Theory]
    [InlineData("""{"error":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"error":"Incorrect link","order":null}""", "Incorrect link")]
    [InlineData("""{"error":"Incorrect link","order":0}""", "Incorrect link")]
    [InlineData("""{"error":"Incorrect link","order":""}""", "Incorrect link")]
    [InlineData("""{"error":"Incorrect link","order":false,"orders":[]}""", "Incorrect link")]
    [InlineData("""{"error":{"message":"Incorrect link"}}""", "Incorrect link")]
    [InlineData("""{"error":{"code":5,"msg":"Incorrect link"}}""", "Incorrect link")]
    [InlineData("""{"error":{"text":"Incorrect link"}}""", "Incorrect link")]
    [InlineData("""{"error":{"code":5}}""", """error: {"code":5}""")]
    [InlineData("""{"error":["Incorrect link","Incorrect quantity"]}""", "Incorrect link; Incorrect quantity")]
    [InlineData("""{"errors":[{"message":"Incorrect link"}]}""", "Incorrect link")]
    [InlineData("""{"errors":{"link":["Incorrect link"]}}""", """errors: {"link":["Incorrect link"]}""")]
    [InlineData("""{"error":"","errors":["Incorrect link"]}""", "Incorrect link")]
    [InlineData("""{"error":true,"message":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"error":113}""", "error: 113")]
    [InlineData("""{"error":1,"message":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"error":"true","message":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"error":"error","msg":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"status":"fail","msg":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"status":"error","message":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"status":"Error","message":"Incorrect link","data":null}""", "Incorrect link")]
    [InlineData("""{"status":false,"data":{"msg":"Incorrect link"}}""", "Incorrect link")]
    [InlineData("""{"success":false,"message":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"status":107,"error":"Incorrect link"}""", "Incorrect link")]
    [InlineData("""{"error":"Incorrect\r\nlink\u202e \u0007!"}""", "Incorrect link !")]
    public void A_readable_error_without_an_id_is_a_no(string body, string reason)
    {
        foreach (var status in new[] { 200, 400, 404, 422 })
        {
            var verdict = SubmissionResponseReader.Add(Given.Answer(body, status));

            Assert.Equal((Rejected, null, reason), (verdict.Outcome, verdict.UpstreamId, verdict.Reason));
            Assert.Contains(verdict.Objection, new RejectionReason?[] { RejectionReason.Request, RejectionReason.Unclear });
        }
    }

    [Theory]
    [InlineData("""{"error":"Not enough funds on balance"}""", 200, Deferred, RejectionReason.Funds)]
    [InlineData("""{"error":"Payment needed"}""", 402, Deferred, RejectionReason.Funds)]
    [InlineData("""{"error":"Invalid API key"}""", 200, Deferred, RejectionReason.Key)]
    [InlineData("""{"error":"Wrong credentials"}""", 401, Deferred, RejectionReason.Key)]
    [InlineData("""{"error":"Rate limit exceeded"}""", 200, Deferred, RejectionReason.Rate)]
    [InlineData("""{"error":"Slow down"}""", 429, Deferred, RejectionReason.Rate)]
    [InlineData("""{"error":"Incorrect service ID"}""", 200, Rejected, RejectionReason.Service)]
    [InlineData("""{"error":"You have active order with this link. Please wait until order being completed."}""", 200, Deferred, RejectionReason.Busy)]
    [InlineData("""{"error":"kaput"}""", 200, Rejected, RejectionReason.Unclear)]
    [InlineData("""{"error":"Internal server error"}""", 200, Unknown, RejectionReason.Fault)]
    [InlineData("""{"status":"fail","message":"Something went wrong"}""", 400, Unknown, RejectionReason.Fault)]
    public void A_no_for_another_reason_is_put_off(string body, int status, SubmissionOutcome outcome, RejectionReason about)
    {
        var verdict = SubmissionResponseReader.Add(Given.Answer(body, status));

        Assert.Equal((outcome, about), (verdict.Outcome, verdict.Objection));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("ok")]
    [InlineData("<html><body>Bad gateway</body></html>")]
    [InlineData("""{"order":5""")]
    [InlineData("""{"order":5}}""")]
    [InlineData("""{"order":5} {"order":6}""")]
    [InlineData("""{"order":5,}""")]
    [InlineData("""{'order':5}""")]
    [InlineData("""{"order":0}""")]
    [InlineData("""{"order":"0"}""")]
    [InlineData("""{"order":"000"}""")]
    [InlineData("""{"order":-1}""")]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("5.5")]
    [InlineData("\"abc\"")]
    [InlineData("[5]")]
    [InlineData("""[{"order":5},{"order":6}]""")]
    [InlineData("""{"order":{"id":5}}""")]
    [InlineData("""{"id":5,"error":"Incorrect link"}""")]
    [InlineData("""[{"order":5,"error":"Incorrect link"}]""")]
    [InlineData("""{"order":"-1"}""")]
    [InlineData("""{"order":"+1"}""")]
    [InlineData("""{"order":1.5}""")]
    [InlineData("""{"order":"1.5"}""")]
    [InlineData("""{"order":1e3}""")]
    [InlineData("""{"order":null}""")]
    [InlineData("""{"order":""}""")]
    [InlineData("""{"order":true}""")]
    [InlineData("""{"order":"true"}""")]
    [InlineData("""{"order":"null"}""")]
    [InlineData("""{"order":[5]}""")]
    [InlineData("""{"order":"5 6"}""")]
    [InlineData("""{"order":" 5"}""")]
    [InlineData("""{"order":"5,6"}""")]
    [InlineData("""{"order":"ü"}""")]
    [InlineData("""{"order":"5\u0000"}""")]
    [InlineData("""{"order":"\ud800"}""")]
    [InlineData($$"""{"order":"{{Sixty4}}5"}""")]
    [InlineData($$"""{"order":1{{Sixty4}}}""")]
    [InlineData("""{"orders":[5]}""")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"status":"success","order":5,"data":{"order":6}}""")]
    [InlineData("""{"order":5,"error":"Incorrect link"}""")]
    [InlineData("""{"order":-5,"error":"Incorrect link"}""")]
    [InlineData("""{"orders":[5],"error":"Incorrect link"}""")]
    [InlineData("""{"data":{"id":5},"error":"Incorrect link"}""")]
    [InlineData("""{"status":"success","error":"Incorrect link"}""")]
    [InlineData("""{"success":true,"error":"Incorrect link"}""")]
    [InlineData("""{"status":"fail","order":5}""")]
    [InlineData("""{"status":"fail","msg":"Incorrect link","order":5}""")]
    [InlineData("""{"success":false,"order":5}""")]
    [InlineData("""{"status":"fail"}""")]
    [InlineData("""{"status":false}""")]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":false}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":"none"}""")]
    [InlineData("""{"error":"0","order":5}""")]
    [InlineData("""{"error":"0","message":"Order placed"}""")]
    [InlineData("""{"error":1,"message":"Incorrect link","result":{"order":5}}""")]
    [InlineData("""{"result":{"order":5},"response":{"order":6}}""")]
    [InlineData("""{"data":[{"order":5},{"order":6}]}""")]
    [InlineData("""{"message":"Incorrect link"}""")]
    [InlineData("""{"order":5,"order":6}""")]
    [InlineData("""{"error":"Incorrect link","error":"Incorrect quantity"}""")]
    [InlineData("""{"order":5,"a":{"b":1,"b":2}}""")]
    [InlineData("""{"order":5,"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    public void Anything_else_is_unknown(string body)
    {
        var verdict = SubmissionResponseReader.Add(Given.Answer(body));

        Assert.Equal((Unknown, null, null), (verdict.Outcome, verdict.UpstreamId, verdict.Objection));
        Assert.NotEmpty(verdict.Reason);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(408)]
    [InlineData(499)]
    public void Neither_a_yes_nor_a_no_is_believed_with_a_status_that_may_come_from_in_between(int status)
    {
        foreach (var body in new[] { """{"order":5}""", """{"error":"Incorrect link"}""", """{"error":"Not enough funds"}""", "" })
        {
            Assert.Equal(Unknown, SubmissionResponseReader.Add(Given.Answer(body, status)).Outcome);
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public void A_status_that_refuses_is_no_no_without_readable_words(int status)
    {
        foreach (var body in new[] { """{"order":5}""", "{}", "", "<html>", "Too Many Requests" })
        {
            Assert.Equal(Unknown, SubmissionResponseReader.Add(Given.Answer(body, status)).Outcome);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<html><body>429 Too Many Requests</body></html>")]
    [InlineData("""{"error":"Slow down"}""")]
    [InlineData("Too Many Requests")]
    public void Too_many_calls_were_not_taken(string body)
    {
        var verdict = SubmissionResponseReader.Add(Given.Answer(body, 429));

        Assert.Equal((Deferred, RejectionReason.Rate), (verdict.Outcome, verdict.Objection));
        Assert.NotEmpty(verdict.Reason);
    }

    [Theory]
    [InlineData("""{"order":5}""")]
    [InlineData("""{"order":5,"error":"Too many requests"}""")]
    [InlineData("""{"status":"success","data":{"id":5}}""")]
    public void Too_many_calls_with_an_order_may_have_been_taken(string body) =>
        Assert.Equal(Unknown, SubmissionResponseReader.Add(Given.Answer(body, 429)).Outcome);

    [Fact]
    public void What_is_not_utf8_is_unknown_and_what_only_claims_to_be_something_else_is_read()
    {
        Assert.Equal(Unknown, SubmissionResponseReader.Add(Given.Answer([.. "{\"order\":5,\"a\":\""u8, 0xFF, .. "\"}"u8])).Outcome);
        Assert.Equal(Unknown, SubmissionResponseReader.Add(Given.Answer(Encoding.Unicode.GetBytes("{\"order\":5}"))).Outcome);
        Assert.Equal(Accepted, SubmissionResponseReader.Add(Given.Answer("""{"order":5,"note":"привет"}""")).Outcome);
    }

    [Fact]
    public void A_reason_is_short_and_without_the_key()
    {
        var words = $"Bad key {Given.Key} or {Uri.EscapeDataString(Given.Key)} {new string('x', 5_000)}";
        var verdict = SubmissionResponseReader.Add(Given.Answer($$"""{"error":"{{words}}"}"""));

        Assert.StartsWith("Bad key [key] or [key] xxx", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(TextSanitizer.ReasonLength, verdict.Reason.Length);
    }
}
