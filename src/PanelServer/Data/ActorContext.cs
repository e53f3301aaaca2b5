using PanelServer.Domain.Lifecycles;

namespace PanelServer.Data;

/// <summary>
/// Who acts, and how they came in: the first argument of every command. It travels with the unit of work through the
/// write queue, and the audit rows of that unit name it.
/// </summary>
/// <param name="Kind">What kind of party it is.</param>
/// <param name="Name">The person's or program's name; empty for the panel itself.</param>
/// <param name="Channel">The way in, such as <see cref="Cli"/>.</param>
internal sealed record ActorContext(Actor Kind, string Name, string Channel)
{
    /// <summary>The channel of the command line.</summary>
    public const string Cli = "cli";

    /// <summary>The channel of a sandbox's control calls.</summary>
    public const string Control = "control";

    /// <summary>The channel of the resellers' contract.</summary>
    public const string ResellerApi = "reseller-api";

    /// <summary>The channel of what the panel does by itself.</summary>
    public const string Job = "job";

    /// <summary>The panel itself: scheduled work, dispatching, polling, housekeeping.</summary>
    public static readonly ActorContext System = new(Actor.Timer, "", Job);

    /// <summary>The id of a reseller or a provider; null where the name is all there is.</summary>
    public int? Id { get; init; }

    /// <summary>The network address that the request came from; null for a local channel.</summary>
    public string? Address { get; init; }

    /// <summary>The id of the request or verb; all rows that one request leaves have the same.</summary>
    public string? RequestId { get; init; }

    /// <summary>A reseller's program. Made once for each cached caller, so a call on the hot path makes none.</summary>
    public static ActorContext OfReseller(int id) => new(Actor.Reseller, "", ResellerApi) { Id = id };
}
