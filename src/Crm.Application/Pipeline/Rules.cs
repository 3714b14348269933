using Crm.Domain;
using FluentValidation;

namespace Crm.Application.Pipeline;

/// <summary>Rules several validators share.</summary>
internal static class Rules
{
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (!text.Any(char.IsControl) && Utf16.IsWellFormed(text)))
        .WithMessage("'{PropertyName}' must not contain control characters.");

    public static IRuleBuilderOptions<T, string?> WellFormed<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || Utf16.IsWellFormed(text))
        .WithMessage("'{PropertyName}' must be valid Unicode text.");

    public static IRuleBuilderOptions<T, long> DialogId<T>(this IRuleBuilder<T, long> rule) => rule
        .Must(id => Domain.Dialogs.DialogId.TryCreate(id, out _))
        .WithMessage("'{PropertyName}' must be a Telegram id.");
}
