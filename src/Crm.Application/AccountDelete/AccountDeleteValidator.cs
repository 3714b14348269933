using Crm.Application.AccountAuth;
using FluentValidation;

namespace Crm.Application.AccountDelete;

internal sealed class AccountDeleteValidator : AbstractValidator<AccountDeleteCommand>
{
    public AccountDeleteValidator() => RuleFor(command => command.Password).Password().OverridePropertyName("password");
}
