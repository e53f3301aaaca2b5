using FluentValidation;
using PanelServer.Domain;

namespace PanelServer.Data;

/// <summary>What an operator has typed, checked by its validator.</summary>
internal static class Validation
{
    /// <summary>Why the value cannot be taken, in one line; null when it can.</summary>
    /// <param name="validator">The value's validator.</param>
    /// <param name="value">What was typed.</param>
    /// <param name="code">The refusal's code.</param>
    public static Refusal? Refuse<T>(this IValidator<T> validator, T value, string code) =>
        validator.Validate(value) is { IsValid: false } result
            ? new Refusal(code, string.Join("; ", result.Errors.Select(error => error.ErrorMessage)))
            : null;
}
