using Crm.Application.Pipeline;
using FluentValidation;

namespace Crm.Application.StartImport;

internal sealed class StartImportValidator : AbstractValidator<StartImportCommand>
{
    public StartImportValidator() => RuleFor(command => command.DialogId).DialogId().OverridePropertyName("id_user");
}
