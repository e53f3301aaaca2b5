using System.Globalization;
using PanelServer.Domain;
using PanelServer.Subscriptions;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/subscriptions/*/posts</c>: lets posts appear.</summary>
internal sealed class PostControl(AppearPosts appearPosts)
{
    public async Task<ControlAnswer> AppearAsync(ControlRequest request)
    {
        var count = request.Body.Integer("count") ?? request.Body.Missing<long>("count");
        if (request.Body.End() is { } wrong)
        {
            return wrong;
        }

        if (count is < 1 or > AppearPosts.MaxAtOnce)
        {
            return new Refusal("control", string.Create(CultureInfo.InvariantCulture, $"count must be 1 to {AppearPosts.MaxAtOnce}, not {count}"));
        }

        if (!OrderControl.TryId(request.Name, out var id, out var unknown))
        {
            return unknown;
        }

        return (await appearPosts.InventAsync(request.Actor, id, (int)count)).Try(out var appeared, out var refusal)
            ? ControlAnswer.Done(new { Order = id, Appeared = appeared })
            : (ControlAnswer)refusal;
    }
}
