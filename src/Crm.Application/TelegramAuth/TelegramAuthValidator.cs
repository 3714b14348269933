using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.TelegramAuth;

internal sealed class TelegramAuthValidator : AbstractValidator<TelegramAuthCommand>
{
    private const int MaxCodeLength = 64;

    public TelegramAuthValidator() =>
        RuleFor(command => command.Code).MaximumLength(MaxCodeLength).PlainText().OverridePropertyName("code");
}
