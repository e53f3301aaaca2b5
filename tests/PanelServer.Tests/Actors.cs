using PanelServer.Data;
using PanelServer.Domain.Lifecycles;

namespace PanelServer.Tests;

/// <summary>Who acts in tests that call use cases directly.</summary>
internal static class Actors
{
    public static readonly ActorContext Operator = Of(Actor.Operator);

    public static readonly ActorContext Reseller = Of(Actor.Reseller);

    public static readonly ActorContext Provider = Of(Actor.Provider);

    public static ActorContext Of(Actor kind) => new(kind, "tester", "test");
}
