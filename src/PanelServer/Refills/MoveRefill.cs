using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Domain.Refills;

namespace PanelServer.Refills;

/// <summary>Whoever fulfils a refill says how it goes.</summary>
internal sealed class MoveRefill(WriteQueue writes, TimeProvider clock)
{
    public Task<Result<RefillStatus>> RunAsync(int id, RefillStatus to)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return writes.RunAsync(writer => Move(writer, id, to, now));
    }

    private static Result<RefillStatus> Move(Writer writer, int id, RefillStatus to, long now)
    {
        var refill = writer.Db.Refills.FirstOrDefault(row => row.Id == id);
        if (refill is null)
        {
            return new Refusal("unknown_refill", string.Create(CultureInfo.InvariantCulture, $"there is no refill {id}"));
        }

        if (!RefillLifecycle.Allows(refill.Status, to))
        {
            return new Refusal(
                "illegal_move",
                string.Create(CultureInfo.InvariantCulture, $"refill {id} is {StatusNames.Of(refill.Status)} and cannot become {StatusNames.Of(to)}"));
        }

        writer.Db.Refills
            .Where(row => row.Id == id && row.Status == refill.Status)
            .ExecuteUpdate(row => row
                .SetProperty(r => r.Status, to)
                .SetProperty(r => r.UpdatedAt, now));
        return to;
    }
}
