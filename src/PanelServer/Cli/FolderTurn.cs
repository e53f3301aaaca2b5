using System.Globalization;
using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary>Waiting for a data folder while a server starts on it, or a verb has it.</summary>
internal static class FolderTurn
{
    /// <summary>How long is waited.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int TriesBeforeSaying = 10;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Tries until there is no reason against it. It ends with the reason when nobody has the folder, when a server listens on
    /// it, which does not go away, or when patience is over.
    /// </summary>
    /// <returns>The last reason; null when it went.</returns>
    public static async Task<string?> WaitAsync(VerbContext context, Func<Task<string?>> reason, CancellationToken cancel)
    {
        var folder = context.Folder;
        for (var tries = 0; ; tries++)
        {
            if (await reason() is not { } why)
            {
                return null;
            }

            if (!FolderLock.IsHeld(folder.Path) || await AdminSocket.IsServedAsync(folder, cancel))
            {
                // The holder may have gone just now: then the reason is an old one.
                return tries > 0 ? await reason() : why;
            }

            if (tries * BetweenTries >= Patience)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{why}; waited {Patience.TotalSeconds} s for whoever has the folder");
            }

            if (tries == TriesBeforeSaying)
            {
                context.Tell(string.Create(
                    CultureInfo.InvariantCulture,
                    $"waiting for the panelserver that is starting or working on {folder.Path}, at most {Patience.TotalSeconds} s"));
            }

            await Task.Delay(BetweenTries, cancel);
        }
    }
}
