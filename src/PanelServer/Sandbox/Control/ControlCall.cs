using PanelServer.Data;
using PanelServer.Domain;
using PanelServer.Texts;

namespace PanelServer.Sandbox.Control;

/// <summary>One control call.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; <c>*</c> stands for one name or number in it.</param>
/// <param name="RunAsync">Carries it out.</param>
internal sealed record ControlCall(string Method, string Path, Func<ControlRequest, Task<ControlAnswer>> RunAsync);

/// <summary>A control call as it came.</summary>
/// <param name="Actor">Who calls.</param>
/// <param name="Name">What stands in the place of the path's <c>*</c>; empty where there is none.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Cancel">Canceled when the caller has gone.</param>
internal sealed record ControlRequest(ActorContext Actor, string Name, ControlBody Body, CancellationToken Cancel);

/// <summary>What a control call came to.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Written as JSON.</param>
internal sealed record ControlAnswer(int Status, object Body)
{
    private const string UnknownPrefix = "unknown_";

    public static ControlAnswer Done(object body) => new(StatusCodes.Status200OK, body);

    public static ControlAnswer Refused(int status, string line) => new(status, new { Error = line });

    /// <summary>What is not there is 404; everything else that is refused is 400.</summary>
    public static implicit operator ControlAnswer(Refusal refusal) => Refused(
        refusal.Code.StartsWith(UnknownPrefix, StringComparison.Ordinal) ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest,
        CommandLineTexts.Of(refusal));
}
