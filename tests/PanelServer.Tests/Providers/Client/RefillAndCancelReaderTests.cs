using PanelServer.Domain.Providers;
using PanelServer.Providers.Client;
using static PanelServer.Domain.Providers.SubmissionOutcome;

namespace PanelServer.Tests.Providers.Client;

/// <summary>What answers to refill and cancel of the order 2 come to.</summary>
public sealed class RefillAndCancelReaderTests
{
    [Theory]
    [InlineData("""{"refill":"1"}""", "1")]
    [InlineData("""{"refill":1}""", "1")]
    [InlineData("""{"refill":"ref_9a"}""", "ref_9a")]
    [InlineData("""[{"order":2,"refill":1}]""", "1")]
    [InlineData("""[{"order":"2","refill":"1"}]""", "1")]
    [InlineData("""{"order":2,"refill":1}""", "1")]
    [InlineData("""{"2":{"refill":1}}""", "1")]
    [InlineData("""{"status":"success","refill":"1"}""", "1")]
    [InlineData("""{"status":"Success","refill":"1","error":null}""", "1")]
    [InlineData("""{"success":"Refill request has been sent","refill":12345}""", "12345")]
    [InlineData("""{"refill_id":9}""", "9")]
    [InlineData("""{"Refill_ID":"9"}""", "9")]
    [InlineData("""{"refillId":"cmx0m6rjm00002"}""", "cmx0m6rjm00002")]
    [InlineData("""{"refill":9.0}""", "9")]
    [InlineData("""{"refill":{"id":9}}""", "9")]
    [InlineData("""{"refill":{"refill_id":"9","status":"pending"}}""", "9")]
    [InlineData("""{"status":"success","id":9}""", "9")]
    [InlineData("""{"status":true,"data":{"refill":9}}""", "9")]
    [InlineData("""{"data":[{"order":2,"refill":9}]}""", "9")]
    [InlineData("""{"result":{"2":{"refill":9}}}""", "9")]
    public void A_refill_with_an_id_is_accepted(string body, string id)
    {
        var verdict = SubmissionResponseReader.Refill(Given.Answer(body), "2");

        Assert.Equal((Accepted, id), (verdict.Outcome, verdict.UpstreamId));
    }

    [Theory]
    [InlineData("""{"status":"success","message":"Refill request sent"}""")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"success":"Refill request sent"}""")]
    [InlineData("""{"refill":true}""")]
    [InlineData("""{"refill":"success"}""")]
    [InlineData("""{"refill":{"pending":true,"message":"Refill requested"}}""")]
    [InlineData("""{"status":"success","id":2}""")]
    [InlineData("""[{"order":"2","refill":"pending"}]""")]
    public void A_refill_with_a_yes_and_without_an_id_is_accepted_without_one(string body)
    {
        var verdict = SubmissionResponseReader.Refill(Given.Answer(body), "2");

        Assert.Equal((Accepted, null), (verdict.Outcome, verdict.UpstreamId));
    }

    [Theory]
    [InlineData("""{"error":"Refill not available"}""", Rejected, RejectionReason.Request)]
    [InlineData("""{"refill":{"error":"Refill not available"}}""", Rejected, RejectionReason.Request)]
    [InlineData("""[{"order":2,"refill":{"error":"Incorrect order ID"}}]""", Rejected, RejectionReason.Request)]
    [InlineData("""[{"order":2,"error":"Incorrect order ID"}]""", Rejected, RejectionReason.Request)]
    [InlineData("""{"order":0,"error":"Incorrect order ID"}""", Rejected, RejectionReason.Request)]
    [InlineData("""{"refill":0,"error":"Incorrect order ID"}""", Rejected, RejectionReason.Request)]
    [InlineData("""{"status":"fail","message":"Refill not available"}""", Rejected, RejectionReason.Request)]
    [InlineData("""{"error":"Invalid API key"}""", Deferred, RejectionReason.Key)]
    public void A_refill_with_an_error_is_not(string body, SubmissionOutcome outcome, RejectionReason about)
    {
        var verdict = SubmissionResponseReader.Refill(Given.Answer(body), "2");

        Assert.Equal((outcome, null, about), (verdict.Outcome, verdict.UpstreamId, verdict.Objection));
        Assert.NotEmpty(verdict.Reason);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""{"refill":0}""")]
    [InlineData("""{"refill":null}""")]
    [InlineData("""{"refill":-1}""")]
    [InlineData("""{"refill":{}}""")]
    [InlineData("""{"refill":{"status":"rejected","id":5}}""")]
    [InlineData("""{"refill":"Refill request sent"}""")]
    [InlineData("""{"refill":1,"error":"Refill not available"}""")]
    [InlineData("""{"status":"success","refill":{"error":"Refill not available"}}""")]
    [InlineData("""{"status":"fail","refill":1}""")]
    [InlineData("""[{"order":3,"refill":1}]""")]
    [InlineData("""[{"order":2,"refill":1},{"order":3,"refill":2}]""")]
    [InlineData("""{"3":{"refill":1}}""")]
    [InlineData("<html>")]
    public void A_refill_with_neither_is_unknown(string body)
    {
        var verdict = SubmissionResponseReader.Refill(Given.Answer(body), "2");

        Assert.Equal((Unknown, null), (verdict.Outcome, verdict.UpstreamId));
        Assert.NotEmpty(verdict.Reason);
    }

    [Theory]
    [InlineData("""[{"order":2,"cancel":1}]""")]
    [InlineData("""[{"order":"2","cancel":"1"}]""")]
    [InlineData("""[{"order":2,"cancel":true}]""")]
    [InlineData("""[{"order":2,"cancel":"5f0c3b6e"}]""")]
    [InlineData("""[{"cancel":7715}]""")]
    [InlineData("""{"cancel":1}""")]
    [InlineData("""{"cancel":77,"status":"Success"}""")]
    [InlineData("""{"order":2,"cancel":1}""")]
    [InlineData("""{"2":{"cancel":"requested"}}""")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"success":"Cancel request has been sent"}""")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""[{"order":"2","cancel":{"pending":true,"message":"Cancellation requested"}}]""")]
    [InlineData("""{"cancel":{"pending":true}}""")]
    [InlineData("""{"cancel":{"status":"success"}}""")]
    [InlineData("""{"cancel":{"id":"cmx0m6rjm00009"}}""")]
    [InlineData("""{"cancel_id":"77"}""")]
    [InlineData("""{"Order":2,"Cancel":1}""")]
    [InlineData("""{"data":[{"order":"2","cancel":1}]}""")]
    [InlineData("""{"order":2.0,"canceled":true}""")]
    public void A_cancel_with_a_yes_is_accepted_and_has_no_id(string body)
    {
        var verdict = SubmissionResponseReader.Cancel(Given.Answer(body), "2");

        Assert.Equal((Accepted, null), (verdict.Outcome, verdict.UpstreamId));
    }

    [Theory]
    [InlineData("""[{"order":2,"cancel":{"error":"Incorrect order ID"}}]""", Rejected)]
    [InlineData("""[{"order":2,"error":"Incorrect order ID"}]""", Rejected)]
    [InlineData("""{"order":2,"error":"Incorrect order ID"}""", Rejected)]
    [InlineData("""{"2":{"cancel":{"error":"Incorrect order ID"}}}""", Rejected)]
    [InlineData("""{"2":{"error":"Incorrect order ID"}}""", Rejected)]
    [InlineData("""{"cancel":0,"error":"Order cannot be canceled"}""", Rejected)]
    [InlineData("""{"error":"Incorrect request"}""", Rejected)]
    [InlineData("""{"error":"Too many requests"}""", Deferred)]
    [InlineData("""{"cancel":{"success":false,"message":"Too late"}}""", Rejected)]
    public void A_cancel_with_an_error_is_not(string body, SubmissionOutcome outcome) =>
        Assert.Equal(outcome, SubmissionResponseReader.Cancel(Given.Answer(body), "2").Outcome);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"order":2}]""")]
    [InlineData("""[{"order":2,"cancel":0}]""")]
    [InlineData("""[{"order":2,"cancel":false}]""")]
    [InlineData("""[{"order":2,"cancel":"denied"}]""")]
    [InlineData("""[{"order":3,"cancel":1}]""")]
    [InlineData("""[{"order":3,"cancel":{"error":"Incorrect order ID"}}]""")]
    [InlineData("""{"cancel":1,"error":"Order cannot be canceled"}""")]
    [InlineData("""{"success":true,"error":"Order cannot be canceled"}""")]
    [InlineData("""{"success":"no"}""")]
    [InlineData("""{"cancel":{"pending":false}}""")]
    [InlineData("""{"cancel":{"id":5,"status":"rejected"}}""")]
    [InlineData("""{"cancel":{"note":"we shall see"}}""")]
    [InlineData("""{"status":"Canceled"}""")]
    public void A_cancel_with_neither_is_unknown(string body) =>
        Assert.Equal(Unknown, SubmissionResponseReader.Cancel(Given.Answer(body), "2").Outcome);

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>429 Too Many Requests</body></html>")]
    [InlineData("{}")]
    public void Too_many_calls_were_not_taken(string body)
    {
        foreach (var verdict in new[] { SubmissionResponseReader.Refill(Given.Answer(body, 429), "2"), SubmissionResponseReader.Cancel(Given.Answer(body, 429), "2") })
        {
            Assert.Equal((Deferred, RejectionReason.Rate), (verdict.Outcome, verdict.Objection));
        }

        Assert.Equal(Unknown, SubmissionResponseReader.Refill(Given.Answer("""{"refill":9}""", 429), "2").Outcome);
    }

    [Theory]
    [InlineData("""{"pending":true}""")]
    [InlineData("""{"data":{"pending":true,"message":"Requested"}}""")]
    [InlineData("""[{"order":2,"queued":true}]""")]
    public void A_wish_that_waits_is_heard(string body)
    {
        Assert.Equal(Accepted, SubmissionResponseReader.Cancel(Given.Answer(body), "2").Outcome);
        Assert.Equal((Accepted, null), SubmissionResponseReader.Refill(Given.Answer(body), "2") is var refill ? (refill.Outcome, refill.UpstreamId) : default);
        Assert.Equal(Unknown, SubmissionResponseReader.Cancel(Given.Answer("""{"pending":false}"""), "2").Outcome);
    }

    [Fact]
    public void An_id_is_any_text()
    {
        const string Order = "cmx0m6rjm00002";
        var answer = Given.Answer($$"""[{"order":"{{Order}}","cancel":{"pending":true,"message":"Cancellation requested"} }]""");

        Assert.Equal(Accepted, SubmissionResponseReader.Cancel(answer, Order).Outcome);
        Assert.Equal(Unknown, SubmissionResponseReader.Cancel(answer, "cmx0m6rjm00003").Outcome);
        Assert.Equal(Rejected, SubmissionResponseReader.Cancel(Given.Answer("""{"error":"Missing order parameter"}""", 400), Order).Outcome);
        Assert.Equal(Rejected, SubmissionResponseReader.Refill(Given.Answer("""{"error":"Missing order parameter"}""", 400), Order).Outcome);
    }
}
