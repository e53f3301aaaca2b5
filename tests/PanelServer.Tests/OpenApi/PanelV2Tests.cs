namespace PanelServer.Tests.OpenApi;

/// <summary>Every example of the standard dialect, carried out on a new sandbox and compared with the wire.</summary>
public sealed class PanelV2Tests : PublishedContractTests
{
    private const string File = "panel-v2.yaml";

    public PanelV2Tests()
        : base(File, type => type.Name)
    {
    }

    public static TheoryData<string, string> Names => NamesIn(File);

    [Theory, MemberData(nameof(Names))]
    public Task Every_example_is_answered_as_printed(string method, string name) => CarryOutAsync(method, name);
}
