using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PanelServer.Data;

/// <summary>
/// Encrypts what the panel must be able to say again, such as the keys it calls providers with. The ring of keys that it is
/// encrypted by lies in the data folder, readable by its owner alone, and in no backup unless asked for.
/// </summary>
internal sealed class KeyRing(PanelFolder folder)
{
    private const string Purpose = "PanelServer.ProviderKeys.1";

    private readonly Lazy<IDataProtector> _protector = new(() => Open(folder.KeyFolder));

    /// <summary>Encrypts a text; each time differently.</summary>
    public string Hide(string text)
    {
        var hidden = _protector.Value.Protect(text);
        foreach (var file in Directory.EnumerateFiles(folder.KeyFolder))
        {
            OwnersAlone(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return hidden;
    }

    /// <summary>The text again; null when the ring in the folder cannot open it, as after a restore without the ring.</summary>
    public string? Show(string hidden)
    {
        try
        {
            return _protector.Value.Unprotect(hidden);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Open(string path)
    {
        var ring = Directory.CreateDirectory(path);
        OwnersAlone(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return DataProtectionProvider.Create(ring, options => options.SetApplicationName("PanelServer")).CreateProtector(Purpose);
    }

    private static void OwnersAlone(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
