using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PanelServer.Data;

/// <summary>
/// Encrypts what the panel must be able to say again, such as the keys it calls providers with. The ring of keys that it is
/// encrypted by lies in the data folder, readable by its owner alone, and in no backup unless asked for.
/// </summary>
internal sealed class SecretProtector(PanelFolder folder)
{
    private const string Purpose = "keys of providers, 1";

    private readonly Lazy<IDataProtector> _protector = new(() => Open(folder.KeyFolder));

    /// <summary>Encrypts a text; each time differently.</summary>
    public string Protect(string text) => _protector.Value.Protect(text);

    /// <summary>The text again; null when the ring in the folder cannot open it, as after a restore without the ring.</summary>
    public string? Unprotect(string hidden)
    {
        // Reading creates nothing: a process that only reads may not be allowed to.
        if (!Directory.Exists(folder.KeyFolder))
        {
            return null;
        }

        try
        {
            return _protector.Value.Unprotect(hidden);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // The program's own mask makes what it writes its owner's alone.
    private static IDataProtector Open(string path) => DataProtectionProvider
        .Create(Directory.CreateDirectory(path), options => options.SetApplicationName("PanelServer"))
        .CreateProtector(Purpose);
}
