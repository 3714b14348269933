using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.TelegramSend;

internal sealed class TelegramSendValidator : AbstractValidator<TelegramSendCommand>
{
    /// <summary>Telegram counts UTF-16 units.</summary>
    private const int MaxTextLength = 4096;
    private const int MaxKeyLength = 255;

    public TelegramSendValidator()
    {
        RuleFor(command => command.PeerId).DialogId().OverridePropertyName("user_id");
        RuleFor(command => command.Answer).NotEmpty().MaximumLength(MaxTextLength).WellFormed().OverridePropertyName("answer");
        RuleFor(command => command.IdempotencyKey)
            .Length(1, MaxKeyLength)
            .Must(key => key is null || key.All(c => c is > ' ' and < '\x7f'))
            .WithMessage("'{PropertyName}' must be visible ASCII characters.")
            .OverridePropertyName("Idempotency-Key");
    }
}
