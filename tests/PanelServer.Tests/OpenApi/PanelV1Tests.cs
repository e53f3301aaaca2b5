namespace PanelServer.Tests.OpenApi;

/// <summary>Every example of the v1 dialect, carried out on a new sandbox and compared with the wire.</summary>
public sealed class PanelV1Tests : PublishedContractTests
{
    private const string File = "panel-v1.yaml";

    public PanelV1Tests()
        : base(File, type => type.Code)
    {
    }

    public static TheoryData<string, string> Names => NamesIn(File);

    [Theory, MemberData(nameof(Names))]
    public Task Every_example_is_answered_as_printed(string method, string name) => CarryOutAsync(method, name);
}
