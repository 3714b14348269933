using FluentValidation;

namespace Crm.Application.Webhooks.ReplayWebhook;

internal sealed class ReplayWebhookValidator : AbstractValidator<ReplayWebhookCommand>
{
    public ReplayWebhookValidator() => RuleFor(command => command.After).GreaterThanOrEqualTo(0).OverridePropertyName("after");
}
