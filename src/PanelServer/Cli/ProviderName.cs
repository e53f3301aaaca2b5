using System.CommandLine;

namespace PanelServer.Cli;

/// <summary>The provider that a verb is about.</summary>
internal static class ProviderName
{
    public static readonly Argument<string> Name = new("NAME") { Description = "The provider's name" };
}
