using System.Runtime.Versioning;

namespace PanelServer.Tests.Processes;

/// <summary>
/// A data folder that takes no writes. Permissions do not bind root, so for root the program is started without any
/// of root's capabilities.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Trait("Category", "Process")]
public sealed class ReadOnlyFolderTests
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    [UnprivilegedFact]
    public async Task A_folder_that_cannot_be_made_is_one_clear_line()
    {
        using var folder = new PanelFolder();
        File.SetUnixFileMode(folder.Root, ReadOnly);
        (await folder.TryServeAsync(UnprivilegedFactAttribute.Settings)).Refused(folder.Data);
        File.SetUnixFileMode(folder.Root, ReadOnly | UnixFileMode.UserWrite);
    }

    [UnprivilegedFact]
    public async Task A_database_that_cannot_be_written_is_one_clear_line()
    {
        using var folder = new PanelFolder();
        await folder.DoAsync("reseller", "add", "acme");
        foreach (var file in Directory.EnumerateFiles(folder.Data))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        File.SetUnixFileMode(folder.Data, ReadOnly);
        (await folder.TryServeAsync(UnprivilegedFactAttribute.Settings)).Refused(folder.Data);
        File.SetUnixFileMode(folder.Data, ReadOnly | UnixFileMode.UserWrite);
    }
}

/// <summary>A test that needs a program bound by file permissions; shows as skipped where that cannot be had.</summary>
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    private const string Setpriv = "/usr/bin/setpriv";

    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess && !File.Exists(Setpriv))
        {
            Skip = "root without setpriv (util-linux): permissions bind nobody here";
        }
    }

    internal static (string Name, string Value)[] Settings => Environment.IsPrivilegedProcess
        ? [(PanelProcess.Through, Setpriv + " --bounding-set -all --inh-caps -all")]
        : [];
}
