using FluentValidation;
using PanelServer.Domain;

namespace PanelServer.Data;

/// <summary>What an operator has typed, checked by its validator. Each rule carries its refusal, or its phrase, as its state.</summary>
internal static class Validation
{
    /// <summary>The first reason why the value cannot be taken; null when it can.</summary>
    /// <param name="validator">The value's validator; its rules carry refusals.</param>
    /// <param name="value">What was typed.</param>
    public static Refusal? Refuse<T>(this IValidator<T> validator, T value) =>
        validator.Validate(value) is { IsValid: false } result ? (Refusal)result.Errors[0].CustomState : null;

    /// <summary>All reasons why the value cannot be taken, in one refusal; null when it can.</summary>
    /// <param name="validator">The value's validator; its rules carry phrases.</param>
    /// <param name="value">What was typed.</param>
    /// <param name="code">The refusal's code; its one argument are the reasons.</param>
    public static Refusal? RefuseAll<T>(this IValidator<T> validator, T value, string code) =>
        validator.Validate(value) is { IsValid: false } result
            ? new Refusal(code, result.Errors.ConvertAll(error => (Phrase)error.CustomState))
            : null;
}
