using Crm.Application.Pipeline;
using Crm.Domain.Accounts;
using FluentValidation;

namespace Crm.Application.AccountAuth;

internal sealed class AccountAuthValidator : AbstractValidator<AccountAuthCommand>
{
    private const int MaxApiHashLength = 128;

    public AccountAuthValidator()
    {
        RuleFor(command => command.Login)
            .Must(login => Login.TryParse(login, out _))
            .WithMessage($"'{{PropertyName}}' must be 1–{Login.MaxLength} characters, not blank and without control characters.")
            .OverridePropertyName("login");
        RuleFor(command => command.Password).Password().OverridePropertyName("password");
        RuleFor(command => command.ApiId).GreaterThan(0).OverridePropertyName("id_api");
        RuleFor(command => command.ApiHash)
            .NotEmpty()
            .MaximumLength(MaxApiHashLength)
            .PlainText()
            .OverridePropertyName("api_hash");
    }
}
