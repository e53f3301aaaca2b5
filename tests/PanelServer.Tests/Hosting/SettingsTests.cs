using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PanelServer.Data;
using PanelServer.Hosting.Settings;
using PanelServer.ResellerApi;

namespace PanelServer.Tests.Hosting;

/// <summary>What settings are read, and what is said of those that cannot be used.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("panel-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"Limits":{"CallsPerSecond":"abc"}}""", "setting Limits:CallsPerSecond cannot be 'abc': it takes 0 (no limit) to 1000000")]
    [InlineData("""{"Limits":{"CallsPerSecond":"0x10"}}""", "setting Limits:CallsPerSecond cannot be '0x10': it takes 0 (no limit) to 1000000")]
    [InlineData("""{"Limits":{"CallsPerSecond":-1}}""", "setting Limits:CallsPerSecond cannot be '-1': it takes 0 (no limit) to 1000000")]
    [InlineData("""{"Contract":{"Get":"2"}}""", "setting Contract:Get cannot be '2': it takes Off, Read or All")]
    [InlineData("""{"Contract":{"Get":""}}""", "setting Contract:Get cannot be '': it takes Off, Read or All")]
    [InlineData("""{"Contract":{"MaxBody":1023}}""", "setting Contract:MaxBody cannot be '1023': it takes bytes, 1024 to 104857600")]
    [InlineData("""{"Panel":{"Currency":"usd"}}""", "setting Panel:Currency cannot be 'usd': it takes an ISO 4217 code such as USD")]
    [InlineData("""{"Panel":{"TimeZone":"Europe/Atlantis"}}""", "setting Panel:TimeZone cannot be 'Europe/Atlantis': it takes an IANA time zone such as Europe/Istanbul")]
    [InlineData("""{"Panel":{"TimeZone":"../../etc/passwd"}}""", "setting Panel:TimeZone cannot be '../../etc/passwd': it takes an IANA time zone such as Europe/Istanbul")]
    [InlineData("""{"Hosting":{"TrustedProxies":"10.0.0.1,proxy"}}""", "setting Hosting:TrustedProxies cannot be '10.0.0.1,proxy': it takes IP addresses separated by commas")]
    public void A_value_that_a_setting_does_not_take_is_named_with_what_it_takes(string json, string line) => Assert.Equal([line], ErrorsOf(json));

    [Theory]
    [InlineData("""{"Foo":{"Bar":1}}""", "Foo")]
    [InlineData("""{"Foo":1}""", "Foo")]
    [InlineData("""{"Limits":1}""", "Limits")]
    [InlineData("""{"Limits":{"Calls":1}}""", "Limits:Calls")]
    [InlineData("""{"Limits":{"CallsPerSecond":{"Burst":1}}}""", "Limits:CallsPerSecond:Burst")]
    public void A_name_that_does_not_exist_is_refused_with_those_that_do(string json, string name)
    {
        var line = Assert.Single(ErrorsOf(json));

        Assert.Equal($"setting {name} does not exist; there are: {string.Join(", ", SettingsTable.Names.Select(setting => setting.Name))}", line);
    }

    [Fact]
    public void Each_error_has_a_line_of_its_own() => Assert.Equal(
        [
            "setting Contract:Get cannot be 'Some': it takes Off, Read or All",
            "setting Log:Level cannot be 'Loud': it takes Trace, Debug, Information, Warning, Error, Critical or None",
        ],
        ErrorsOf("""{"Log":{"Level":"Loud"},"Contract":{"Get":"Some"}}"""));

    [Fact]
    public void What_is_set_is_what_the_services_get()
    {
        var settings = Read("""{"limits":{"CALLSPERSECOND":" 7 "},"Panel":{"TimeZone":"Europe/Istanbul","Currency":null},"Contract":{"Get":"read"}}""");
        using var services = new ServiceCollection().AddPanelOptions(settings).BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.Equal(7, services.GetRequiredService<IOptions<LimitOptions>>().Value.CallsPerSecond);
        Assert.Equal(new LimitOptions().ConcurrentCalls, services.GetRequiredService<IOptions<LimitOptions>>().Value.ConcurrentCalls);
        Assert.Equal(GetAccess.Read, services.GetRequiredService<IOptions<ContractOptions>>().Value.Get);
        Assert.Equal("Europe/Istanbul", services.GetRequiredService<IOptions<PanelOptions>>().Value.TimeZone.Id);
        Assert.Null(services.GetRequiredService<IOptions<PanelOptions>>().Value.Currency);
    }

    [Fact]
    public void A_host_does_not_start_with_settings_that_cannot_be_used()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Limits:CallsPerSecond", "many")]).Build();
        using var services = new ServiceCollection().AddPanelOptions(settings).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Equal(["setting Limits:CallsPerSecond cannot be 'many': it takes 0 (no limit) to 1000000"], error.Failures);
    }

    [Fact]
    public void A_file_that_is_no_json_is_named()
    {
        var error = Assert.Throws<PanelException>(() => Read("""{"Limits":"""));

        Assert.Contains(Path.Combine(_folder.FullName, "appsettings.json"), error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> ErrorsOf(string json)
    {
        using var valid = JsonDocument.Parse(json);
        return Assert.Throws<SettingsException>(() => Read(json)).Lines;
    }

    private IConfiguration Read(string json)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), json);
        return SettingsReader.Read(PanelFolder.Of(_folder.FullName, isSandbox: false));
    }
}
