using PanelServer.Ledger;

namespace PanelServer.Sandbox.Control;

/// <summary><c>GET /sandbox</c> and <c>GET /sandbox/verify</c>: what there is, and whether the books are right.</summary>
internal sealed class OverviewControl(PanelDatabase database)
{
    public Task<ControlAnswer> ShowAsync(ControlRequest request)
    {
        if (request.Body.End() is { } wrong)
        {
            return Task.FromResult<ControlAnswer>(wrong);
        }

        using var db = database.OpenReadingDb();
        var panel = db.Panel.Single();
        return Task.FromResult(ControlAnswer.Done(new
        {
            Clock = InstantText.Of(panel.Clock!.Value),
            panel.Seed,
            Counts = new
            {
                Resellers = db.Resellers.Count(),
                Services = db.Services.Count(),
                Orders = db.Orders.Count(),
                Refills = db.Refills.Count(),
                Cancels = db.Cancels.Count(),
                Due = db.Due.Count(),
            },
            Faults = db.Faults.OrderBy(row => row.Id).AsEnumerable().Select(FaultControl.StateOf).ToList(),
        }));
    }

    public Task<ControlAnswer> VerifyAsync(ControlRequest request) => Task.FromResult<ControlAnswer>(
        request.Body.End() is { } wrong ? wrong : ControlAnswer.Done(new { Findings = new Verify(database).Run() }));
}
