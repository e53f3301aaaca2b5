using System.Xml.Linq;

namespace PanelServer.Tests.Testing;

/// <summary>The package PanelServer.Testing holds the program, and so must ask for all that the program needs.</summary>
public sealed class PackageTests
{
    [Fact]
    public void The_package_asks_for_what_the_program_needs()
    {
        var missing = PackagesOf("src/PanelServer/PanelServer.csproj")
            .Except(PackagesOf("src/PanelServer.Testing/PanelServer.Testing.csproj"));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> PackagesOf(string project) =>
        from reference in XDocument.Load(Repository.PathOf(project)).Descendants("PackageReference")
        let name = reference.Attribute("Include")
        where name is not null
        select name.Value;
}
