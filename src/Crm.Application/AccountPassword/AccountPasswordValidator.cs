using Crm.Application.AccountAuth;
using FluentValidation;

namespace Crm.Application.AccountPassword;

internal sealed class AccountPasswordValidator : AbstractValidator<AccountPasswordCommand>
{
    public AccountPasswordValidator()
    {
        RuleFor(command => command.Password).Password().OverridePropertyName("password");
        RuleFor(command => command.NewPassword).Password().OverridePropertyName("new_password");
    }
}
