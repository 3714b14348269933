using Crm.Application.Ports.Storage;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace Crm.Application.Webhooks.CreateWebhook;

internal sealed class CreateWebhookValidator : AbstractValidator<CreateWebhookCommand>
{
    private const int MinSecret = 16;
    private const int MaxSecret = 255;

    public CreateWebhookValidator(IOptions<WebhooksOptions> options)
    {
        RuleFor(command => command.Url)
            .Custom((url, context) =>
            {
                if (WebhookTarget.FindProblem(url, options.Value) is { } problem)
                {
                    context.AddFailure("url", problem);
                }
            });
        RuleFor(command => command.Secret)
            .Must(secret => secret is null || (secret.Length is >= MinSecret and <= MaxSecret && secret.All(c => c is > ' ' and <= '~')))
            .WithMessage($"'{{PropertyName}}' must be {MinSecret}–{MaxSecret} visible ASCII characters.")
            .OverridePropertyName("secret");
        RuleFor(command => command.Events)
            .Must(events => events is null || events.All(type => EventTypes.All.Contains(type, StringComparer.Ordinal)))
            .WithMessage($"'{{PropertyName}}' may hold {string.Join(", ", EventTypes.All)}.")
            .OverridePropertyName("events");
    }
}
