using System.Runtime.InteropServices;

namespace PanelServer.Data;

/// <summary>Whether there is a database, as far as this process may look.</summary>
internal enum DatabasePresence
{
    None,
    There,

    /// <summary>The file, or the folder that it would lie in, belongs to somebody else.</summary>
    Unreadable,
}

/// <summary>Tells a file that is not there from one that may not be read.</summary>
internal static partial class FileRights
{
    private const int ToRead = 4;
    private const int AccessDenied = 13;

    /// <summary>Looks without opening: closing a file again would drop the locks that this process has on it.</summary>
    public static DatabasePresence Look(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(path) ? DatabasePresence.There : DatabasePresence.None;
        }

        return Access(path, ToRead) == 0 ? DatabasePresence.There
            : Marshal.GetLastPInvokeError() == AccessDenied ? DatabasePresence.Unreadable
            : DatabasePresence.None;
    }

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
