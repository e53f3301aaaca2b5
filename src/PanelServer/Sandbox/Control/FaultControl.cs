using PanelServer.Data.Entities;
using PanelServer.Domain;
using PanelServer.Domain.Faults;

namespace PanelServer.Sandbox.Control;

/// <summary><c>/sandbox/faults</c>: lets calls go wrong.</summary>
/// <param name="faults">Those that wait.</param>
/// <param name="nameOf">An action's own name, by any word for it; null when no action is called so.</param>
internal sealed class FaultControl(Faults faults, Func<string, string?> nameOf)
{
    public async Task<ControlAnswer> AddAsync(ControlRequest request)
    {
        var body = request.Body;
        var (word, kind, times) = (body.Text("action"), body.Text("kind") ?? body.Missing<string>("kind"), body.Integer("times") ?? 1);
        if (body.End() is { } wrong)
        {
            return wrong;
        }

        var action = word is null ? null : nameOf(word);
        if (word is not null && action is null)
        {
            return Incorrect($"there is no action {ControlBody.Shown(word)}; leave it out for every action");
        }

        if (!Fault.TryParse(kind!, out var fault))
        {
            return Incorrect($"kind must be one of {Fault.Forms}, not {ControlBody.Shown(kind!)}");
        }

        if (times is < 1 or > Faults.MaxTimes)
        {
            return Incorrect($"times must be within 1 and {Faults.MaxTimes}, not {times}");
        }

        return (await faults.AddAsync(request.Actor, action, fault, (int)times)).Try(out var added, out var refusal)
            ? ControlAnswer.Done(StateOf(added))
            : refusal;
    }

    public async Task<ControlAnswer> ClearAsync(ControlRequest request) => request.Body.End() is { } wrong
        ? wrong
        : ControlAnswer.Done(new { Removed = await faults.ClearAsync(request.Actor) });

    /// <summary>A fault as an answer shows it.</summary>
    public static object StateOf(FaultRow fault) => new { fault.Id, fault.Action, fault.Kind, fault.Times };

    private static Refusal Incorrect(string line) => new("control", line);
}
