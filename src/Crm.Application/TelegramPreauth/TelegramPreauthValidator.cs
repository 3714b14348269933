using Crm.Application.Pipeline;
using Crm.Domain.Connections;
using FluentValidation;

namespace Crm.Application.TelegramPreauth;

internal sealed class TelegramPreauthValidator : AbstractValidator<TelegramPreauthCommand>
{
    private const int MaxPasswordLength = 1024;
    private const int MaxCodeLength = 64;

    public TelegramPreauthValidator()
    {
        RuleFor(command => command.Phone)
            .Must(phone => Phone.TryParse(phone, out _))
            .WithMessage("'{PropertyName}' must be 7–15 digits in international form.")
            .OverridePropertyName("phone");
        RuleFor(command => command.CloudPassword).MaximumLength(MaxPasswordLength).WellFormed().OverridePropertyName("password");
        RuleFor(command => command.Code).MaximumLength(MaxCodeLength).PlainText().OverridePropertyName("code");
    }
}
