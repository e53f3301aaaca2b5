using System.Text.Json;
using PanelServer.Domain.Providers;

namespace PanelServer.Providers.Client;

/// <summary>What an answer to a question says: a value, or why there is none.</summary>
internal sealed record ParseResult<T>(T? Value, string Reason, RejectionReason? Objection)
    where T : class
{
    /// <summary>It holds a number that can be read in two ways.</summary>
    public bool IsAmbiguous { get; init; }

    public static implicit operator ParseResult<T>(T value) => new(value, "", null);

    public static implicit operator ParseResult<T>(ParseFailure unread) => new(null, unread.Reason, unread.Objection) { IsAmbiguous = unread.IsAmbiguous };
}

/// <summary>Why an answer to a question has no value.</summary>
/// <param name="Reason">One line without the key.</param>
/// <param name="Objection">What the no is about, if it is a readable one.</param>
internal sealed record ParseFailure(string Reason, RejectionReason? Objection = null)
{
    /// <summary>It holds a number that can be read in two ways.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>Looks at what makes any value impossible: no success, no JSON.</summary>
    /// <returns>Null when a value may be in it; then <paramref name="json"/> is there.</returns>
    public static ParseFailure? Of(JsonResponse answer, out JsonElement json)
    {
        json = answer.Json ?? default;
        if (answer.IsSuccess)
        {
            return answer.Json is null ? new(answer.Say(answer.Unreadable)) : null;
        }

        if (answer.IsRefusal && answer.Json is { } said && ProviderError.Of(said) is { IsClear: true } complaint)
        {
            return Said(answer, complaint);
        }

        return new(answer.Doubt(), answer.Status == 429 ? Domain.Providers.RejectionReason.Rate : null);
    }

    /// <summary>It said no.</summary>
    public static ParseFailure Said(JsonResponse answer, ProviderError complaint) => new(
        answer.Say(complaint.Words), complaint.IsClear ? answer.About(complaint.Words) : null);
}
