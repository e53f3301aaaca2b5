using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PanelServer.Data;
using PanelServer.Hosting;
using PanelServer.Hosting.Settings;

namespace PanelServer.Tests.Hosting;

/// <summary>That the lists of services fit together, for a panel and for a sandbox.</summary>
public sealed class CompositionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("panel-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_service_can_be_made_when_the_panel_is_open(bool isSandbox)
    {
        var services = Registered(isSandbox);
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await using var panel = await PanelLifetime.OpenAsync(provider, TimeSpan.Zero);

        var made = services
            .Where(service => !service.ServiceType.IsGenericTypeDefinition)
            .Select(service => (service.ServiceType, Made: provider.GetService(service.ServiceType)))
            .ToList();

        Assert.All(made, one => Assert.True(one.Made is not null, $"{one.ServiceType} cannot be made"));
        Assert.Contains(made, one => one.Made is WriteQueue);
    }

    [Fact]
    public async Task Nothing_is_written_before_the_folder_is_locked()
    {
        await using var provider = Registered(isSandbox: false).BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(provider.GetRequiredService<WriteQueue>);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Closing_the_panel_and_then_its_services_closes_each_once()
    {
        var provider = Registered(isSandbox: false).BuildServiceProvider();
        var panel = await PanelLifetime.OpenAsync(provider, TimeSpan.Zero);

        await panel.DisposeAsync();
        await provider.DisposeAsync();

        Assert.False(FolderLock.IsHeld(_folder.FullName));
        Assert.DoesNotContain(_folder.EnumerateFiles(), file => file.Name.EndsWith("-wal", StringComparison.Ordinal));
    }

    private ServiceCollection Registered(bool isSandbox)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddPanel(PanelFolder.Of(_folder.FullName, isSandbox), SettingsReader.Defaults);
        return services;
    }
}
