using System.Collections.Frozen;
using PanelServer.Domain.Orders;
using PanelServer.Domain.Refills;

namespace PanelServer.Providers.Client;

/// <summary>
/// What the words of providers mean. They are compared in lower case, without blanks, underscores and dashes, and without
/// the prefix of a translation key. A word that is in no table changes nothing: "Error", "Fail" or "Paused" may mean that
/// money comes back, or that somebody is still working on it.
/// </summary>
internal static class StatusWords
{
    private const string TranslationPrefix = "tasks.status.";

    private static readonly FrozenDictionary<string, OrderStatus> Orders = new Dictionary<string, OrderStatus>
    {
        ["pending"] = OrderStatus.Pending,
        ["awaiting"] = OrderStatus.Pending,
        ["processing"] = OrderStatus.Processing,
        ["inprogress"] = OrderStatus.InProgress,
        ["completed"] = OrderStatus.Completed,
        ["complete"] = OrderStatus.Completed,
        ["partial"] = OrderStatus.Partial,
        ["partiallycompleted"] = OrderStatus.Partial,
        ["canceled"] = OrderStatus.Canceled,
        ["cancelled"] = OrderStatus.Canceled,
        ["canelled"] = OrderStatus.Canceled,
        ["cancel"] = OrderStatus.Canceled,
        ["refunded"] = OrderStatus.Canceled,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, RefillStatus> Refills = new Dictionary<string, RefillStatus>
    {
        ["pending"] = RefillStatus.Pending,
        ["awaiting"] = RefillStatus.Pending,
        ["processing"] = RefillStatus.InProgress,
        ["inprogress"] = RefillStatus.InProgress,
        ["completed"] = RefillStatus.Completed,
        ["complete"] = RefillStatus.Completed,
        ["rejected"] = RefillStatus.Rejected,
        ["canceled"] = RefillStatus.Rejected,
        ["cancelled"] = RefillStatus.Rejected,
        ["error"] = RefillStatus.Error,
        ["fail"] = RefillStatus.Error,
        ["failed"] = RefillStatus.Error,
    }.ToFrozenDictionary();

    // That an order has failed says that somebody must look at it, and not what was delivered or goes back.
    private static readonly FrozenSet<string> Failures =
        new[] { "fail", "failed", "failure", "error", "errored", "rejected", "declined", "denied", "refused" }.ToFrozenSet();

    /// <summary>Whether a word says that an order has failed there.</summary>
    public static bool IsFailure(string word) => Failures.Contains(Plain(word));

    public static OrderStatus? Order(string word) => Orders.TryGetValue(Plain(word), out var status) ? status : null;

    public static RefillStatus? Refill(string word) => Refills.TryGetValue(Plain(word), out var status) ? status : null;

    private static string Plain(string word)
    {
        var plain = word.Trim().ToLowerInvariant();
        if (plain.StartsWith(TranslationPrefix, StringComparison.Ordinal))
        {
            plain = plain[TranslationPrefix.Length..];
        }

        return string.Concat(plain.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('_' or '-')));
    }
}
