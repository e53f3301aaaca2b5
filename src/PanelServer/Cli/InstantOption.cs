using System.CommandLine;
using System.Globalization;

namespace PanelServer.Cli;

/// <summary>Options that take an instant: a day such as 2026-01-31, or 2026-01-31T08:00:00Z; both UTC.</summary>
internal static class InstantOption
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-dd HH:mm:ssZ"];

    /// <summary>An option whose value is unix milliseconds.</summary>
    public static Option<long?> Of(string name, string description) => new(name)
    {
        HelpName = "DATE",
        Description = $"{description}: a day such as 2026-01-31, or 2026-01-31T08:00:00Z",
        CustomParser = given =>
        {
            if (DateTimeOffset.TryParseExact(given.Tokens[0].Value, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                return instant.ToUnixTimeMilliseconds();
            }

            given.AddError($"{name} is a day such as 2026-01-31 or an instant such as 2026-01-31T08:00:00Z, not '{given.Tokens[0].Value}'.");
            return null;
        },
    };
}
