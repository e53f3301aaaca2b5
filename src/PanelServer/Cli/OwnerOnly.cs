using System.Runtime.InteropServices;

namespace PanelServer.Cli;

/// <summary>What the program writes is its owner's alone: balances, links, hashes of keys, backups of them all.</summary>
internal static partial class OwnerOnly
{
    private const uint OthersAndGroup = 0b111_111;

    /// <summary>Sets the mask for files that this process makes from now on.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(OthersAndGroup);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
